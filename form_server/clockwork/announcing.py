"""What looks automatic, told of in batches: at most hourly, and before its first reminder.

The first referral that is kept aside arms a batch, and what comes until its turn goes with it. The
turn comes after an hour, or halfway to the first reminder where a promise is so short that this is
sooner. It goes by mail: what is probably an advertisement rings nobody's phone.

What is kept aside is reminded of and escalated in batches as well: the first referral that reaches a
rung has a message written for all, and those that reach it within the hour are in that one.
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
    Referral,
)
from form_server.ledger.quarantine import Reminding, read_place, reminder_place
from form_server.parcels import QuarantineParcel
from outreach_kit.practice import Practice
from outreach_kit.promise import Course, Rung, Stage, WorkingCalendar
from outreach_kit.promise.plan import moment_of

BATCH: Final = timedelta(hours=1)
_KINDS: Final = {"": DeliveryKind.QUARANTINE, Rung.REMIND: DeliveryKind.REMINDER}
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


def reminder_rows(
    delivery_id: str,
    referral: Referral,
    rungs: Sequence[Rung],
    standing: Reminding,
    now: datetime,
) -> list[NewDelivery]:
    """What a referral that is kept aside has written at its rungs: a batch's row, or nothing.

    Nothing while one waits, and when the last one, within the hour, told of this referral too.
    """
    last_at = standing.last_at
    is_recent = last_at is not None and now - last_at < BATCH
    if standing.waits or (is_recent and last_at is not None and referral.received_at <= last_at):
        return []
    return [
        NewDelivery(
            id=delivery_id,
            kind=DeliveryKind.QUARANTINE,
            channel=Channel.NONE,
            address=reminder_place(referral.inbox_id, rungs),
            referral_id=None,
            due_at=last_at + BATCH if is_recent and last_at is not None else now,
            parcel=b"",
            message_id="",
        )
    ]


@dataclass(frozen=True)
class Announcing:
    """Takes the turns of announcements; reads the roster, and writes through the ledger."""

    practice: Practice
    ledger: Ledger
    roster: Roster
    writer: Writer

    def announce(self, one: Appointment, now: datetime) -> None:
        """Raises NotFound for an inbox that is gone, LedgerUnavailable."""
        inbox_id, rungs = read_place(one.place)
        chain = self.roster.for_inbox(self.ledger.inboxes.get(inbox_id), now).chain
        quarantine = self.ledger.quarantine
        if not rungs:
            whom = _by_mail(chain.first)
            quarantine.announce(one, lambda kept: self._tell(whom, kept, now))
            return
        told = chain.for_rungs([Rung(rung) for rung in rungs])
        quarantine.remind(one, inbox_id, lambda kept: self._tell(told, kept, now, rungs[-1]))

    def _tell(
        self, whom: Sequence[Recipient], kept: KeptAside, now: datetime, rung: str = ""
    ) -> list[NewDelivery]:
        parcel = QuarantineParcel(
            practice_name=self.practice.name,
            count=kept.count,
            new=kept.count if rung else kept.new,
            rung=rung,  # type: ignore[arg-type]  # the parcel knows the words of Rung
            oldest_at=kept.oldest_at or now,
            promised_by=kept.promised_by or now,
            is_over=kept.promised_by is not None and kept.promised_by <= now,
            time_zone=self.practice.identity.time_zone,
            desk_url=f"{self.writer.base_url}{PAGE}",
        )
        kind = _KINDS.get(rung, DeliveryKind.ESCALATION)
        return [self.writer.write(parcel, kind, one.channel, one.address, now) for one in whom]


def _by_mail(told: Sequence[Recipient]) -> Sequence[Recipient]:
    """Where there is no mail address, any channel is better than none."""
    return [one for one in told if one.channel is Channel.EMAIL] or told
