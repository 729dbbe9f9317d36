"""A founded practice on a real ledger, with referrals that the tests seal and open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from form_server.founding import Founding
from form_server.keys import Keyholder, add_user, open_sheet, open_user
from form_server.ledger import (
    Attempt,
    AttemptMeans,
    AttemptResult,
    Ledger,
    NewReferral,
    Referral,
    Role,
)
from form_server.vault import (
    Binding,
    GrantBinding,
    PrivateKey,
    PublicKey,
    open_sealed,
    seal,
    unwrap_key,
)

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
OWNER = "nora@harborstreet.example"
_numbers = count(1)


@dataclass
class MovableClock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class House:
    ledger: Ledger
    founding: Founding
    clock: MovableClock
    owner: Keyholder

    @property
    def inbox_id(self) -> str:
        return self.founding.inbox_id

    @property
    def instance(self) -> str:
        return self.ledger.meta.instance_id()

    @property
    def sheet(self) -> Keyholder:
        return open_sheet(self.ledger, self.founding.recovery)

    def join(
        self, name: str, role: Role = Role.CLINICIAN, inbox_ids: list[str] | None = None
    ) -> Keyholder:
        """A further user, signed in; opens the founding's inbox unless others are given."""
        email = f"{name}@harborstreet.example"
        boxes = [self.inbox_id] if inbox_ids is None else inbox_ids
        joined = add_user(
            self.ledger, self.owner, name=name, email=email, role=role, inbox_ids=boxes
        )
        return open_user(self.ledger, email, joined.passphrase)

    def receive(self, said: bytes = b"what was said", inbox_id: str = "") -> Referral:
        inbox_id, number = inbox_id or self.inbox_id, next(_numbers)
        key = self.ledger.inboxes.active_key(inbox_id)
        about = Binding(self.instance, f"referral-{number}", inbox_id, key.version)
        self.ledger.intake.accept(
            NewReferral(
                id=f"referral-{number}",
                receipt=f"calm river {number}",
                status_hash=hashlib.sha256(b"%d" % number).digest(),
                kind="office",
                received_at=self.clock(),
                promised_by=self.clock() + timedelta(hours=4),
                source=None,
                clinician=None,
                inbox_id=inbox_id,
                key_version=key.version,
                envelope=seal(said, PublicKey.from_bytes(key.public_key), about),
            ),
            [],
            actor="office",
        )
        return self.ledger.referrals.get(f"referral-{number}")

    def add_note(self, referral: Referral, note: bytes) -> None:
        attempt_id = f"attempt-{next(_numbers)}"
        key = self.ledger.inboxes.keys(referral.inbox_id)[referral.key_version - 1]
        about = Binding(
            self.instance,
            referral.id,
            referral.inbox_id,
            referral.key_version,
            f"attempt:{attempt_id}",
        )
        sealed = seal(note, PublicKey.from_bytes(key.public_key), about)
        result = AttemptResult.NO_ANSWER
        attempt = Attempt(
            attempt_id,
            referral.id,
            self.owner.id,
            self.clock(),
            AttemptMeans.CALL,
            result,
            sealed,
        )
        self.ledger.steps.record_attempt(attempt)

    def keys_of(self, who: Keyholder) -> dict[tuple[str, int], PrivateKey]:
        """What somebody's grants open, by inbox and version."""
        return {
            (one.inbox_id, one.version): unwrap_key(
                one.wrapped_key,
                who.key,
                GrantBinding(self.instance, one.inbox_id, one.version, who.id),
            )
            for one in self.ledger.inboxes.grants_for(who.kind, who.id)
        }

    def read(self, who: Keyholder, referral: Referral) -> bytes:
        """Raises KeyError without a grant."""
        return self.open_with(self.keys_of(who), self.ledger.referrals.get(referral.id))

    def open_with(self, keys: dict[tuple[str, int], PrivateKey], referral: Referral) -> bytes:
        about = Binding(self.instance, referral.id, referral.inbox_id, referral.key_version)
        key = keys[referral.inbox_id, referral.key_version]
        return open_sealed(referral.envelope, key, about)

    def notes(self, who: Keyholder, referral: Referral) -> list[bytes]:
        now = self.ledger.referrals.get(referral.id)
        key = self.keys_of(who)[now.inbox_id, now.key_version]
        opened = []
        for one in self.ledger.referrals.attempts(now.id):
            about = Binding(
                self.instance, now.id, now.inbox_id, now.key_version, f"attempt:{one.id}"
            )
            assert one.note is not None
            opened.append(open_sealed(one.note, key, about))
        return opened

    def actions(self) -> list[str]:
        return [entry.action for entry in self.ledger.audit.recent(500)][::-1]
