"""The weekly drill: a referral without a patient, to find out whether an alarm would be heard.

It is sealed, committed and sent like any other, flagged, and left out of every figure.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from form_server.clockwork.recurring import DRILL_ANSWER, next_drill
from form_server.clockwork.referral_turn import DRILL_FLAG
from form_server.clockwork.roster import Duty, Roster
from form_server.clockwork.writing import Writer
from form_server.ledger import (
    DeliveryKind,
    Inbox,
    Ledger,
    NewDelivery,
    NewReferral,
    ReceiptTaken,
    clock_row,
)
from form_server.parcels import NoticeParcel
from form_server.vault import Binding, PublicKey, seal
from outreach_kit.practice import Practice
from outreach_kit.promise import is_open
from outreach_kit.promise.deadline import after_open_time

_DRAWS: Final = 12
_WORDS: Final = {
    "v": 1,
    "kind": "office",
    "patient_name": "DRILL, no patient",
    "referrer_name": "Warm Handoff",
    "referrer_office": "DRILL",
    "reasons": [],
    "reason_labels": [],
    "note": "This is a drill. There is nobody to call.",
}


@dataclass(frozen=True)
class Drill:
    """Sends a drill to each inbox whose first person is there."""

    practice: Practice
    ledger: Ledger
    roster: Roster
    writer: Writer
    draw_receipt: Callable[[], str]
    chance: Callable[[], float]

    def next_at(self, after: datetime) -> datetime:
        return next_drill(after, self.roster.plain, self.chance)

    def latest_at(self, after: datetime) -> datetime:
        """No drill that was planned until `after` is due later."""
        return next_drill(after, self.roster.plain, lambda: 1.0)

    def send(self, planned_at: datetime, now: datetime) -> datetime:
        """When to send next: now was the time, or it is too late in the day and soon will be.

        The drill of a planned moment exists once, however often this is begun anew.
        """
        if not is_open(now, self.roster.plain):
            return self.roster.plain.next_open(now)
        for inbox in self.ledger.inboxes.all():
            duty = self.roster.for_inbox(inbox, now)
            if is_open(now, duty.calendar) and duty.chain.first:
                self._send_to(inbox, duty, planned_at, now)
        return self.next_at(now)

    def _send_to(self, inbox: Inbox, duty: Duty, planned_at: datetime, now: datetime) -> None:
        same = hashlib.sha256(f"drill {inbox.id} {planned_at.isoformat()}".encode()).digest()
        for _ in range(_DRAWS):
            referral = self._referral(inbox, duty, same, now)
            rows = [
                *self._notices(referral, duty, now),
                clock_row(referral.id, referral.promised_by),
            ]
            try:
                self.ledger.intake.accept(referral, rows, actor="clock", detail=DRILL_FLAG)
            except ReceiptTaken:
                continue
            return

    def _referral(self, inbox: Inbox, duty: Duty, same: bytes, now: datetime) -> NewReferral:
        key = self.ledger.inboxes.active_key(inbox.id)
        referral_id = self.ledger.new_id()
        about = Binding(self.ledger.meta.instance_id(), referral_id, inbox.id, key.version)
        words = json.dumps(_WORDS).encode()
        return NewReferral(
            id=referral_id,
            receipt=self.draw_receipt(),
            status_hash=hashlib.sha256(secrets.token_bytes(16)).digest(),
            kind="office",
            received_at=now,
            promised_by=after_open_time(now, DRILL_ANSWER, duty.calendar),
            source=None,
            clinician=inbox.clinician,
            inbox_id=inbox.id,
            key_version=key.version,
            envelope=seal(words, PublicKey.from_bytes(key.public_key), about),
            flags=DRILL_FLAG,
            submission_id_hash=same,
            body_hash=same,
        )

    def _notices(self, referral: NewReferral, duty: Duty, now: datetime) -> list[NewDelivery]:
        parcel = NoticeParcel(
            practice_name=self.practice.name,
            receipt=referral.receipt,
            received_at=now,
            promised_by=referral.promised_by,
            time_zone=self.practice.identity.time_zone,
            desk_url=self.writer.desk_url(referral.id),
            is_drill=True,
        )
        return [
            self.writer.write(
                parcel,
                DeliveryKind.NOTICE,
                one.channel,
                one.address,
                now,
                referral.id,
                with_pause=True,
            )
            for one in duty.chain.first
        ]
