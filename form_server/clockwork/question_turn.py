"""One look at a question without an answer, by the same ladder as a referral; and word of those aside.

What looks automatic rings nobody's phone: an inbox hears of all of it in one mail, an hour after the
first came, and each working morning while some of it waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from form_server.clockwork.announcing import BATCH
from form_server.clockwork.referral_turn import names_in, told_so_far, whom_to_tell
from form_server.clockwork.roster import Duty, Roster
from form_server.clockwork.writing import Writer
from form_server.ledger import (
    Appointment,
    AsideInbox,
    Channel,
    DeliveryKind,
    Ledger,
    NewDelivery,
    Question,
    QuestionCase,
    Recipient,
    Turn,
)
from form_server.ledger.flags import QUARANTINE
from form_server.parcels import QuarantineParcel, ReminderParcel
from outreach_kit.practice import Practice
from outreach_kit.promise import (
    Course,
    Rung,
    Stage,
    WorkingCalendar,
    climb,
    promise_within,
    put_right,
)
from outreach_kit.promise.deadline import open_time_between

PAGE = "/desk/questions"


def aside_row(inbox_id: str, at: datetime) -> NewDelivery:
    """What tells an inbox of questions kept aside; one row for each inbox, armed again and again."""
    return NewDelivery(
        id=f"aside-{inbox_id}",
        kind=DeliveryKind.QUESTION,
        channel=Channel.NONE,
        address=inbox_id,
        referral_id=None,
        due_at=at + BATCH,
        parcel=b"",
        message_id="",
    )


@dataclass(frozen=True)
class QuestionTurns:
    """Takes the turns of questions; reads the roster, and writes through the ledger."""

    practice: Practice
    ledger: Ledger
    roster: Roster
    writer: Writer

    def take_turn(self, one: Appointment, now: datetime) -> None:
        """Raises NotFound, NeverOpen, LedgerUnavailable."""
        clock = self.ledger.question_clock
        if one.question_id is None:
            clock.tell_of_aside(one, lambda kept: self._tell_of_aside(one, kept, now))
            return
        clock.take_turn(one, lambda case: self.decide(case, one.place, one.due_at, now))

    def decide(self, case: QuestionCase, place: str, armed_at: datetime, now: datetime) -> Turn:
        """What the clock of a question does at `now`. Raises NotFound, NeverOpen."""
        asked = case.question
        if asked.answered_at is not None or QUARANTINE in asked.flags:
            return Turn(None, place)
        duty = self.roster.for_inbox(self.ledger.inboxes.get(asked.inbox_id), now)
        course = Course(asked.received_at, asked.promised_by, armed_at, asked.acknowledged_at)
        step = climb(Stage.parse(place), course, now, self._calendar(duty, asked))
        whom = whom_to_tell(step.taken, duty.chain, case.deliveries)
        if not whom:
            return Turn(step.at, str(step.stage))
        rung = step.taken[-1]
        kind = DeliveryKind.REMINDER if rung is Rung.REMIND else DeliveryKind.ESCALATION
        return Turn(
            at=step.at,
            place=str(step.stage),
            deliveries=self._tell(whom, case, rung, kind, now),
            note="question.reminded" if kind is DeliveryKind.REMINDER else "question.escalated",
            detail=f"{rung.value} told={len(whom)}",
        )

    def put_right(
        self, asked: Question, place: str, armed_at: datetime, now: datetime
    ) -> Turn | None:
        """The clock as the facts have it, when it is due sooner than `armed_at`; else None.

        Raises NotFound, NeverOpen.
        """
        if asked.answered_at is not None or QUARANTINE in asked.flags:
            return None
        duty = self.roster.for_inbox(self.ledger.inboxes.get(asked.inbox_id), now)
        course = Course(asked.received_at, asked.promised_by, armed_at, asked.acknowledged_at)
        right = put_right(Stage.parse(place), course, now, self._calendar(duty, asked))
        if right is None:
            return None
        detail = f"due_at={armed_at:%Y-%m-%dT%H:%M:%SZ}"
        return Turn(right[1], str(right[0]), note="question.clock_put_right", detail=detail)

    def promise_of(self, asked: Question, received_at: datetime) -> datetime:
        """By when it is answered, had it come in then. Raises NotFound, NeverOpen."""
        duty = self.roster.for_inbox(self.ledger.inboxes.get(asked.inbox_id), received_at)
        return promise_within(received_at, self.practice.promise, duty.calendar)

    def _tell(
        self,
        whom: Sequence[Recipient],
        case: QuestionCase,
        rung: Rung,
        kind: DeliveryKind,
        now: datetime,
    ) -> list[NewDelivery]:
        asked = case.question
        parcel = ReminderParcel(
            practice_name=self.practice.name,
            receipt=asked.receipt,
            received_at=asked.received_at,
            promised_by=asked.promised_by,
            written_at=now,
            time_zone=self.practice.identity.time_zone,
            desk_url=self.writer.question_url(asked.id),
            rung=rung.value,
            told=told_so_far(case.deliveries, names_in(self.ledger, asked.inbox_id)),
            is_paused=asked.acknowledged_at is not None,
            what=asked.kind.value,
        )
        return [
            self.writer.write(
                parcel,
                kind,
                one.channel,
                one.address,
                now,
                with_pause=asked.acknowledged_at is None,
                question_id=asked.id,
            )
            for one in whom
        ]

    def _tell_of_aside(self, one: Appointment, kept: AsideInbox, now: datetime) -> Turn:
        if not kept.count:
            return Turn(None, one.place)
        duty = self.roster.for_inbox(self.ledger.inboxes.get(one.place), now)
        parcel = QuarantineParcel(
            practice_name=self.practice.name,
            count=kept.count,
            new=kept.count,
            oldest_at=kept.oldest_at or now,
            promised_by=kept.promised_by or now,
            is_over=kept.promised_by is not None and kept.promised_by <= now,
            time_zone=self.practice.identity.time_zone,
            desk_url=f"{self.writer.base_url}{PAGE}",
            what="question",
        )
        first = duty.chain.first
        whom = [to for to in first if to.channel is Channel.EMAIL] or first
        return Turn(
            at=duty.calendar.next_open(now + timedelta(days=1)),
            place=one.place,
            deliveries=[
                self.writer.write(parcel, DeliveryKind.QUARANTINE, to.channel, to.address, now)
                for to in whom
            ],
            note="question.aside_announced",
            detail=f"count={kept.count} told={len(whom)}",
        )

    def _calendar(self, duty: Duty, asked: Question) -> WorkingCalendar:
        """The inbox's own; the practice's, when an absence came up that leaves no time to answer in."""
        kept = open_time_between(asked.received_at, asked.promised_by, duty.calendar)
        return duty.calendar if kept else self.roster.plain
