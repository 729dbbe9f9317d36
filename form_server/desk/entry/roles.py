"""What each role may do at the desk, beyond working with the inboxes that it can open.

Whether a referral opens is decided by keys, never by a role: an owner without an inbox's key reads
nothing in it. A way names the right it takes, and the guard asks before its view runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask import g

from form_server.desk.entry.sessions import SignedIn
from form_server.ledger import Role
from outreach_kit.errors import HandoffError


class Right(StrEnum):
    SETTINGS = "settings"  # channels, recipients, escalation, hours, the practice's own lists
    PEOPLE = "people"  # inviting, removing and changing users
    KEYS = "keys"  # inboxes, who opens them, new keys, the recovery sheet
    RECORD = "record"  # the audit: who saw and changed what
    PRIVACY = "privacy"  # exports of everything, erasure, retention, the privacy pack


RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.OWNER: frozenset(Right),
    Role.CLINICIAN: frozenset(),
    Role.FRONT_DESK: frozenset(),
}
ROLE_NAMES: Final[Mapping[Role, str]] = {
    Role.OWNER: "Owner",
    Role.CLINICIAN: "Clinician",
    Role.FRONT_DESK: "Intake staff",
}
ROLE_SAYS: Final[Mapping[Role, str]] = {
    Role.OWNER: "Works with the inboxes that are open to them, and manages people, keys, settings "
    "and the record.",
    Role.CLINICIAN: "Works with the referrals in their own inbox, and in others that an owner opens "
    "to them. Changes no settings.",
    Role.FRONT_DESK: "Takes in, calls and assigns what is in the inboxes that an owner opens to "
    "them. Changes no people, keys or settings.",
}
_TAKES: Final[Mapping[Right, str]] = {
    Right.SETTINGS: "the practice’s settings",
    Right.PEOPLE: "who can sign in",
    Right.KEYS: "inboxes and keys",
    Right.RECORD: "the record of who did what",
    Right.PRIVACY: "exports of everything, and erasure",
}


class Forbidden(HandoffError):
    """A role that does not have the right for this."""

    def __init__(self, right: Right) -> None:
        self.right = right
        super().__init__(
            f"Only an owner of the practice gets to {_TAKES[right]}, so nothing was shown or "
            "changed. Ask an owner to do it."
        )


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]


def require(right: Right) -> SignedIn:
    """The user of this request, who has the right; raises Forbidden, which is a page of its own.

    For what only part of a view takes. A whole view says so in its way: `Way(…, right=…)`.
    """
    user: SignedIn | None = g.get("signed_in")
    if user is None or not may(user.user.role, right):
        raise Forbidden(right)
    return user
