"""The quick log: a referral that came by phone, letter or word of mouth, written down in a breath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.inbox.entry import (
    FIELDS,
    EntryRefused,
    read_entry,
    read_typed,
    write_at,
)
from form_server.desk.inbox.known import KEPT_AS, suggest
from form_server.desk.inbox.words import CAME_BY
from form_server.desk.inbox.writing import write_down
from form_server.desk.page import go_to, render_page
from form_server.ledger import CameBy

_ERROR: Final = "Please look at this again. Nothing was written down yet."
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class LogPage:
    """`typed` and `faults` by field. `inboxes` holds one when there is nothing to choose."""

    action: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    error: str
    ways: tuple[tuple[str, str], ...]
    kept_as: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    reasons: tuple[str, ...]
    plans: tuple[str, ...]
    inboxes: tuple[tuple[str, str], ...]
    latest: str


def show_log() -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    typed = dict.fromkeys(FIELDS, "") | {
        "entry_id": desk.ledger.new_id(),
        "who": "patient",
        "how": CameBy.PHONE.value,
        "at": write_at(desk.clock(), desk.practice().time_zone),
        "inbox": _own_inbox(desk, keyring, user),
    }
    return _render(desk, user, typed, _NONE, HTTPStatus.OK)


def log_referral() -> Response:
    """Leads to the referral, or back to the inbox when it belongs to somebody else."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    typed = read_typed(request.form)
    every = frozenset(one.id for one in desk.ledger.inboxes.all())
    try:
        entry = read_entry(typed, every, desk.clock(), desk.practice().time_zone)
    except EntryRefused as refused:
        return _render(desk, user, typed, refused.faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    written = write_down(desk, user, entry)
    if written.inbox_id in keyring.inbox_ids:
        return go_to(url_for("desk.show_referral", referral_id=written.referral_id))
    return go_to(url_for("desk.show_inbox", done="passed-on"))


def _own_inbox(desk: Desk, keyring: Keyring, user: SignedIn) -> str:
    """Whose notices come to the user, else the first they can open."""
    held = keyring.inbox_ids
    for one in desk.ledger.inboxes.all():
        recipients = desk.ledger.inboxes.recipients(one.id)
        if one.id in held and any(whom.user_id == user.user.id for whom in recipients):
            return one.id
    return held[0] if held else ""


def _render(
    desk: Desk,
    user: SignedIn,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    status: HTTPStatus,
) -> Response:
    practice = desk.practice()
    view = LogPage(
        action=url_for("desk.log_referral"),
        typed=typed,
        faults=faults,
        error=_ERROR if faults else "",
        ways=tuple((way.value, label) for way, label in CAME_BY.items()),
        kept_as=tuple((kind.value, label) for kind, label in KEPT_AS),
        sources=suggest(desk.ledger.sources.all()),
        reasons=tuple(one.label for one in practice.reasons if one.slug != "other"),
        plans=practice.insurance.plans,
        inboxes=tuple((one.id, one.name) for one in desk.ledger.inboxes.all()),
        latest=write_at(desk.clock(), practice.time_zone),
    )
    return render_page(
        "inbox/log.html", view, title="Log one by hand", signed_in=user, status=status
    )
