"""A referral as one user has it open: what it says to them, who tried, and at what moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.referral.said import Said
from form_server.ledger import Attempt, NotFound, Referral
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class Case:
    """`said` is None when the envelope stays shut. `typed` is what a refused form brought, by the
    names of its fields, so that nobody types twice."""

    desk: Desk
    user: SignedIn
    keyring: Keyring
    referral: Referral
    said: Said | None
    attempts: Sequence[Attempt]
    now: datetime
    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def practice(self) -> Practice:
        return self.desk.practice()

    @property
    def is_open(self) -> bool:
        return self.referral.closed_at is None

    @property
    def is_purged(self) -> bool:
        """Whether retention, or an erasure, took what it said."""
        return not self.is_open and not self.referral.envelope

    @property
    def was_tried(self) -> bool:
        return self.referral.first_contact_at is not None


def open_case(referral_id: str, typed: Mapping[str, str] | None = None) -> Case:
    """Opens it for who is signed in; looking is noted, and the first look acknowledges it.

    Raises NotFound, which is answered alike for what is missing and what is not the user's.
    """
    case = find_case(referral_id, typed)
    ledger, user, referral = case.desk.ledger, case.user, case.referral
    if case.said is not None:
        return replace(case, referral=ledger.steps.note_opened(referral.id, user.user.id))
    # Not a look inside: the alarm must go on until somebody who can open it does.
    action = "referral.purged_seen" if case.is_purged else "referral.unreadable"
    ledger.audit.note(action, actor=user.actor, referral_id=referral.id)
    return case


def find_case(referral_id: str, typed: Mapping[str, str] | None = None) -> Case:
    """The same without a note: for a step that shows nothing of it. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referral = referral_of(desk, keyring, referral_id)
    said = _open(keyring, referral)
    attempts = desk.ledger.referrals.attempts(referral.id)
    return Case(desk, user, keyring, referral, said, attempts, desk.clock(), typed or {})


def referral_of(desk: Desk, keyring: Keyring, referral_id: str) -> Referral:
    """The referral, when it lies in an inbox of this user; raises NotFound for every other."""
    referral = desk.ledger.referrals.get(referral_id)
    if referral.inbox_id not in keyring.inbox_ids:
        raise NotFound("referral", referral_id)
    return referral


def _open(keyring: Keyring, referral: Referral) -> Said | None:
    try:
        return keyring.open(referral)
    except Unreadable:
        return None
