"""Years of referrals in one ledger: sealed for real, with their tries, ends, fits and sources.

Written straight into the tables, because taking twenty thousand in one by one would take minutes.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from form_server.ledger import Ledger, Outcome, ReferralState, SourceKind
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import attempt, referral
from form_server.vault import Binding, PublicKey, seal

YEARS: Final = 3
_SOURCES: Final = 120
_BATCH: Final = 500
_OPEN_SHARE: Final = 0.02
_FIRST: Final = ("Maria", "James", "Aisha", "Wei", "Olena", "Kofi", "Ana", "Noah", "Leila", "Tom")
_LAST: Final = ("Delgado", "Okafor", "Nguyen", "Smith-Kowalczyk", "Haddad", "Larsen", "Kim", "Ruiz")
_ENDS: Final = (
    Outcome.SCHEDULED, Outcome.ATTENDED, Outcome.REDIRECTED, Outcome.UNREACHABLE, Outcome.WITHDRAWN,
)  # fmt: skip


@dataclass
class Years:
    """Fills an inbox; the same `seed` fills it the same."""

    ledger: Ledger
    inbox_id: str
    user_id: str
    now: datetime
    seed: int = 7
    sources: int = _SOURCES

    def fill(self, count: int) -> None:
        """`count` more, spread over the years before `now`, two in a hundred still open."""
        chance = random.Random(self.seed)
        known = {one.code for one in self.ledger.sources.all()}
        for number in range(self.sources):
            if f"office-{number}" not in known:
                self.ledger.sources.add(
                    f"office-{number}", f"Office {number}", SourceKind.OFFICE, actor="benchmark"
                )
        rows: list[dict[str, Any]] = []
        tries: list[dict[str, Any]] = []
        for row, tried in self._rows(count, chance):
            rows.append(row)
            tries += tried
            if len(rows) == _BATCH:
                self._write(rows, tries)
                rows, tries = [], []
        self._write(rows, tries)

    def _write(self, rows: list[dict[str, Any]], tries: list[dict[str, Any]]) -> None:
        with self.ledger._store.write() as connection:
            if rows:
                connection.execute(referral.insert(), rows)
            if tries:
                connection.execute(attempt.insert(), tries)

    def _rows(
        self, count: int, chance: random.Random
    ) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        key = self.ledger.inboxes.active_key(self.inbox_id)
        public, instance = PublicKey.from_bytes(key.public_key), self.ledger.meta.instance_id()
        for number in range(count):
            ago = timedelta(days=365 * YEARS) * chance.random()
            is_open = chance.random() < _OPEN_SHARE
            if is_open:
                ago = timedelta(hours=chance.uniform(0.1, 24 * 14))
            received_at = self.now - ago
            referral_id = self.ledger.new_id()
            about = Binding(instance, referral_id, self.inbox_id, key.version)
            row = self._row(referral_id, received_at, chance)
            row |= {"key_version": key.version, "envelope": seal(_words(chance), public, about)}
            row["receipt"] = f"calm-river-{self.seed}-{number}"
            yield row, self._ends(row, received_at, chance, is_open=is_open)

    def _row(
        self, referral_id: str, received_at: datetime, chance: random.Random
    ) -> dict[str, Any]:
        return {
            "id": referral_id,
            "status_hash": hashlib.sha256(referral_id.encode()).digest(),
            "kind": "office" if chance.random() < 0.8 else "self",
            "received_at": to_micros(received_at),
            "promised_by": to_micros(received_at + timedelta(hours=24)),
            "source": f"office-{int(chance.random() ** 2 * self.sources)}",
            "clinician": "nora-ellison",
            "inbox_id": self.inbox_id,
            "flags": "read_first" if chance.random() < 0.02 else "",
            "state": ReferralState.WAITING.value,
            "attempt_count": 0,
            "first_contact_at": None,
            "last_attempt_at": None,
            "closed_at": None,
            "outcome": None,
            "fit": None,
            "thanked_at": None if chance.random() < 0.1 else to_micros(self.now),
        }

    def _ends(
        self,
        row: dict[str, Any],
        received_at: datetime,
        chance: random.Random,
        *,
        is_open: bool,
    ) -> list[dict[str, Any]]:
        """Its tries; the row is brought to where they leave it."""
        if is_open and chance.random() < 0.4:
            return []
        first_at = min(received_at + timedelta(hours=chance.expovariate(1 / 6)), self.now)
        row |= {
            "state": ReferralState.CONTACTED.value,
            "attempt_count": 1,
            "first_contact_at": to_micros(first_at),
            "last_attempt_at": to_micros(first_at),
            "fit": chance.choice(["in", "in", "in", "edge", "out", None]),
        }
        if not is_open:
            row |= {
                "state": ReferralState.CLOSED.value,
                "closed_at": to_micros(min(first_at + timedelta(days=3), self.now)),
                "outcome": chance.choice(_ENDS).value,
            }
        return [
            {
                "id": f"t{row['id']}",
                "referral_id": row["id"],
                "user_id": self.user_id,
                "at": to_micros(first_at),
                "means": "call",
                "result": "no_answer" if is_open else "reached",
                "note": None,
            }
        ]


def _words(chance: random.Random) -> bytes:
    number = chance.randrange(10_000)
    return json.dumps(
        {
            "v": 1,
            "kind": "office",
            "referrer_name": "Dana Whitfield",
            "referrer_office": "Alder Family Medicine",
            "referrer_phone": "(360) 555-0177",
            "referrer_phone_uri": "tel:+13605550177",
            "patient_name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
            "patient_phone": f"(360) 556-{number:04}",
            "patient_phone_uri": f"tel:+1360556{number:04}",
            "reasons": ["panic"],
            "reason_labels": ["Panic attacks (heart checked)"],
            "voicemail_ok": True,
            "plan": "Regence",
            "note": "Three visits to the emergency room this fall, all clear. Afraid to sleep.",
        }
    ).encode()
