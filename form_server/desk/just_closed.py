"""What was closed a moment ago, and the way back: a mis-tapped ending costs one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.closing import say_outcome
from form_server.desk.referral.reach import UNDONE_WITHIN
from form_server.ledger import NotFound


@dataclass(frozen=True)
class JustClosed:
    """`reopen` is where a tap opens it again."""

    says: str
    reopen: str


def find_just_closed(
    desk: Desk, keyring: Keyring, referral_id: str, now: datetime
) -> JustClosed | None:
    """None once the minute is over, and for what is missing, open or somebody else's."""
    if not referral_id:
        return None
    try:
        referral = referral_of(desk, keyring, referral_id)
    except NotFound:
        return None
    closed_at, outcome = referral.closed_at, referral.outcome
    if closed_at is None or outcome is None or now - closed_at >= UNDONE_WITHIN:
        return None
    return JustClosed(
        says=f"Closed: {say_outcome(outcome)}.",
        reopen=url_for("desk.reopen_referral", referral_id=referral.id),
    )
