"""What looks automatic, told of in batches: at most hourly, and before its first reminder.

The first referral that is kept aside arms a batch, and what comes until its turn goes with it. The
turn comes after an hour, or halfway to the first reminder where a promise is so short that this is
sooner. It goes by mail: what is probably an advertisement rings nobody's phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork.roster import Roster
from form_server.clockwork.writing import Writer
from form_server.ledger import (
    Appointment,
    Channel,
    DeliveryKind,
    KeptAside,
    Ledger,
    NewDelivery,
    NewReferral,
    Recipient,
)
from form_server.parcels import QuarantineParcel
from outreach_kit.practice import Practice
from outreach_kit.promise import Course, Rung, Stage, WorkingCalendar
from outreach_kit.promise.plan import moment_of

BATCH: Final = timedelta(hours=1)
PAGE: Final = "/desk/quarantine"


def announcement_row(
    delivery_id: str, referral: NewReferral, calendar: WorkingCalendar
) -> NewDelivery:
    """The announcement of an inbox, for the commit that keeps the referral aside."""
    came, promised = referral.received_at, referral.promised_by
    remind_at = moment_of(Stage(Rung.REMIND), Course(came, promised, came), calendar)
    return NewDelivery(
        id=delivery_id,
        kind=DeliveryKind.QUARANTINE,
        channel=Channel.NONE,
        address=referral.inbox_id,
        referral_id=None,
        due_at=came + min(BATCH, max((remind_at - came) / 2, timedelta())),
        parcel=b"",
        message_id="",
    )


@dataclass(frozen=True)
class Announcing:
    """Takes the turns of announcements; reads the roster, and writes through the ledger."""

    practice: Practice
    ledger: Ledger
    roster: Roster
    writer: Writer

    def announce(self, one: Appointment, now: datetime) -> None:
        """Raises NotFound for an inbox that is gone, LedgerUnavailable."""
        inbox = self.ledger.inboxes.get(one.place)
        whom = _by_mail(self.roster.for_inbox(inbox, now).chain.first)
        self.ledger.quarantine.announce(one, lambda kept: self._tell(whom, kept, now))

    def _tell(self, whom: Sequence[Recipient], kept: KeptAside, now: datetime) -> list[NewDelivery]:
        parcel = QuarantineParcel(
            practice_name=self.practice.name,
            count=kept.count,
            new=kept.new,
            oldest_at=kept.oldest_at or now,
            promised_by=kept.promised_by or now,
            time_zone=self.practice.identity.time_zone,
            desk_url=f"{self.writer.base_url}{PAGE}",
        )
        return [
            self.writer.write(parcel, DeliveryKind.QUARANTINE, one.channel, one.address, now)
            for one in whom
        ]


def _by_mail(told: Sequence[Recipient]) -> Sequence[Recipient]:
    """Where there is no mail address, any channel is better than none."""
    return [one for one in told if one.channel is Channel.EMAIL] or told
