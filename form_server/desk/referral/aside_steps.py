"""One tap says that what was kept aside is real, or that it is no referral."""

from __future__ import annotations

import re
from typing import Final

from flask import Response, request, url_for

from form_server.acknowledging import acknowledge
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.page import go_to
from form_server.desk.referral.aside import MOST_SHOWN
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.rescuing import write_notices
from form_server.ledger import NotFound, NotNow, Outcome, Referral

_QUARANTINE: Final = "quarantine"
_ID: Final = re.compile(r"[0-9a-z]{20,40}")


def rescue(referral_id: str) -> Response:
    """It is real: everybody who is told of a referral is told now. Leads to the referral itself."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    rescue_referral(desk, keyring, referral, user.user.id)
    return go_to(url_for("desk.show_referral", referral_id=referral.id))


def rescue_referral(desk: Desk, keyring: Keyring, referral: Referral, user_id: str) -> None:
    """Raises NotNow once it is closed; changes nothing in a referral that is not kept aside."""
    if _QUARANTINE not in referral.flags:
        return
    try:
        said = keyring.open(referral)
    except Unreadable:
        said = None
    notices = write_notices(desk, referral, said)
    receipt = None
    if said is not None and not said.from_patient:
        receipt = acknowledge(referral, said.referrer.email, said.page_language)
    desk.ledger.quarantine.rescue(referral.id, notices, user_id, receipt)


def close_as_spam(referral_id: str) -> Response:
    """It is none. It stays readable until retention takes it."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    if referral.closed_at is None and _QUARANTINE not in referral.flags:
        # Somebody said meanwhile that it is real: it closes on its own page, like any other.
        return go_to(url_for("desk.show_referral", referral_id=referral.id))
    _close(desk, referral, user.user.id)
    return go_to(url_for("desk.show_aside", done="1"))


def close_all_as_spam() -> Response:
    """Closes those that were on the page, and none that came or was rescued since."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    closed = 0
    for referral_id in request.form.get("ids", "").split()[:MOST_SHOWN]:
        if not _ID.fullmatch(referral_id):
            continue
        try:
            referral = referral_of(desk, keyring, referral_id)
            if _QUARANTINE in referral.flags:
                _close(desk, referral, user.user.id)
                closed += 1
        except (NotFound, NotNow):
            continue
    return go_to(url_for("desk.show_aside", done=str(closed)))


def _close(desk: Desk, referral: Referral, user_id: str) -> None:
    desk.ledger.steps.close(referral.id, Outcome.SPAM, user_id)
    # A time for a first call that a machine took is free for the next patient.
    desk.ledger.first_calls.release(referral.id, actor=f"user:{user_id}")
