"""One look at a referral that nobody has tried to call: who is told again, and when to look next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from form_server.clockwork.announcing import reminder_rows
from form_server.clockwork.chain import Chain
from form_server.clockwork.recurring import DRILL_ANSWER
from form_server.clockwork.roster import Duty, Roster
from form_server.clockwork.writing import Writer
from form_server.ledger import (
    Case,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Ledger,
    NewDelivery,
    Outcome,
    Recipient,
    Referral,
    Turn,
)
from form_server.ledger.deliveries import OUR_FAULT
from form_server.ledger.flags import QUARANTINE
from form_server.parcels import ReminderParcel, Told
from outreach_kit.practice import Practice
from outreach_kit.promise import (
    Course,
    Rung,
    Stage,
    WorkingCalendar,
    climb,
    promise_by,
    put_right,
)
from outreach_kit.promise.deadline import after_open_time, open_time_between

DRILL_FLAG: Final = "drill"
_LOST: Final = frozenset({DeliveryState.STUCK, DeliveryState.UNKNOWN, DeliveryState.DISMISSED})
_SHOWN: Final = frozenset({DeliveryKind.NOTICE, DeliveryKind.REMINDER, DeliveryKind.ESCALATION})


@dataclass(frozen=True)
class ReferralTurns:
    """Decides turns; reads the roster, and writes nothing itself."""

    practice: Practice
    ledger: Ledger
    roster: Roster
    writer: Writer

    def decide(self, case: Case, place: str, armed_at: datetime, now: datetime) -> Turn:
        """What the clock of a referral does at `now`. Raises NotFound, NeverOpen."""
        referral = case.referral
        if referral.first_contact_at is not None or referral.closed_at is not None:
            return Turn(None, place)
        duty = self.roster.for_inbox(self.ledger.inboxes.get(referral.inbox_id), now)
        if DRILL_FLAG in referral.flags:
            return self._end_drill(case, duty, now)
        course = Course(
            referral.received_at, referral.promised_by, armed_at, referral.acknowledged_at
        )
        step = climb(Stage.parse(place), course, now, self._calendar(duty, referral))
        whom = whom_to_tell(step.taken, duty.chain, case.deliveries)
        if not whom:
            return Turn(step.at, str(step.stage))
        rung = step.taken[-1]
        kind = DeliveryKind.REMINDER if rung is Rung.REMIND else DeliveryKind.ESCALATION
        is_aside = QUARANTINE in referral.flags
        return Turn(
            at=step.at,
            place=str(step.stage),
            deliveries=(
                self._tell_of_all(referral, step.taken, now)
                if is_aside
                else self._tell(whom, case, rung.value, kind, now)
            ),
            note="referral.reminded" if kind is DeliveryKind.REMINDER else "referral.escalated",
            detail=f"{rung.value} aside" if is_aside else f"{rung.value} told={len(whom)}",
        )

    def _tell_of_all(
        self, referral: Referral, taken: Sequence[Rung], now: datetime
    ) -> list[NewDelivery]:
        """A referral among many that look automatic has no messages of its own."""
        standing = self.ledger.quarantine.reminding(referral.inbox_id, taken[-1].value, now)
        return reminder_rows(self.ledger.new_id(), referral, taken, standing, now)

    def put_right(
        self, referral: Referral, place: str, armed_at: datetime, now: datetime
    ) -> Turn | None:
        """The clock as the facts have it, when it is due sooner than `armed_at`; else None.

        Raises NotFound, NeverOpen.
        """
        if referral.first_contact_at is not None or referral.closed_at is not None:
            return None
        duty = self.roster.for_inbox(self.ledger.inboxes.get(referral.inbox_id), now)
        if DRILL_FLAG in referral.flags:
            stage, at = place, max(referral.promised_by, now)
            if at >= armed_at:
                return None
        else:
            course = Course(
                referral.received_at, referral.promised_by, armed_at, referral.acknowledged_at
            )
            calendar = self._calendar(duty, referral)
            right = put_right(Stage.parse(place), course, now, calendar)
            if right is None:
                return None
            stage, at = str(right[0]), right[1]
        detail = f"due_at={armed_at:%Y-%m-%dT%H:%M:%SZ}"
        return Turn(at, stage, note="referral.clock_put_right", detail=detail)

    def promise_of(self, referral: Referral, received_at: datetime) -> datetime:
        """By when it is answered, had it come in then. Raises NotFound, NeverOpen."""
        duty = self.roster.for_inbox(self.ledger.inboxes.get(referral.inbox_id), received_at)
        if DRILL_FLAG in referral.flags:
            return after_open_time(received_at, DRILL_ANSWER, duty.calendar)
        practice, away = self.practice, duty.calendar.absences
        return promise_by(received_at, practice.hours, practice.promise, practice.time_zone, away)

    def _calendar(self, duty: Duty, referral: Referral) -> WorkingCalendar:
        """The inbox's own; the practice's, when an absence came up that leaves no time to answer in."""
        kept = open_time_between(referral.received_at, referral.promised_by, duty.calendar)
        return duty.calendar if kept else self.roster.plain

    def _end_drill(self, case: Case, duty: Duty, now: datetime) -> Turn:
        """A drill ends by itself; who might have to step in hears of one that nobody answered."""
        referral = case.referral
        if referral.acknowledged_at is not None:
            return Turn(None, "drill", outcome=Outcome.DRILL, note="drill.answered")
        if now < referral.promised_by:
            return Turn(referral.promised_by, "drill")
        whom = duty.chain.for_rungs([Rung.PERSON])
        return Turn(
            None,
            "drill",
            deliveries=self._tell(whom, case, "drill", DeliveryKind.ESCALATION, now),
            outcome=Outcome.DRILL,
            note="drill.missed",
            detail=f"told={len(whom)}",
        )

    def _tell(
        self,
        whom: Sequence[Recipient],
        case: Case,
        rung: str,
        kind: DeliveryKind,
        now: datetime,
    ) -> list[NewDelivery]:
        referral = case.referral
        is_drill = rung == "drill"
        parcel = ReminderParcel(
            practice_name=self.practice.name,
            receipt=referral.receipt,
            received_at=referral.received_at,
            promised_by=referral.promised_by,
            written_at=now,
            time_zone=self.practice.identity.time_zone,
            desk_url=self.writer.desk_url(referral.id),
            rung=rung,  # type: ignore[arg-type]  # the parcel knows the words of Rung, and "drill"
            told=told_so_far(case.deliveries, names_in(self.ledger, referral.inbox_id)),
            is_paused=referral.acknowledged_at is not None,
            is_drill=is_drill,
        )
        pausable = referral.acknowledged_at is None and not is_drill
        return [
            self.writer.write(
                parcel, kind, one.channel, one.address, now, referral.id, with_pause=pausable
            )
            for one in whom
        ]


def names_in(ledger: Ledger, inbox_id: str) -> Mapping[str, str]:
    """Whose an address is; addresses may hold tokens, so messages show names only."""
    users = {user.id: user for user in ledger.people.users()}
    names = {user.email: user.name for user in users.values()}
    for one in ledger.inboxes.recipients(inbox_id):
        if one.user_id in users:
            names[one.address] = users[one.user_id].name
    return names


def whom_to_tell(
    taken: Sequence[Rung], chain: Chain, deliveries: Sequence[Delivery]
) -> tuple[Recipient, ...]:
    """Who hears of what waits when these rungs are taken; nobody while the notice got through."""
    if taken and taken[-1] is Rung.CHECK:
        return _whom_instead(chain, deliveries)
    return chain.for_rungs(taken)


def _whom_instead(chain: Chain, deliveries: Sequence[Delivery]) -> tuple[Recipient, ...]:
    """Everybody else, when every notice is lost: nobody knows of the referral."""
    notices = [one for one in deliveries if one.kind is DeliveryKind.NOTICE]
    if not notices or not all(_is_lost(one) for one in notices):
        return ()
    tried = {(one.channel, one.address) for one in notices}
    return tuple(one for one in chain.everybody if (one.channel, one.address) not in tried)


def _is_lost(notice: Delivery) -> bool:
    """What is merely slow is not; what this server fails at may never get out."""
    is_ours = (notice.last_error or "").startswith(OUR_FAULT)
    return notice.state in _LOST or (notice.state is DeliveryState.RETRYING and is_ours)


def told_so_far(deliveries: Sequence[Delivery], names: Mapping[str, str]) -> tuple[Told, ...]:
    """Whom the messages about it went to, oldest first."""
    return tuple(
        Told(names.get(one.address, "The practice"), one.channel.value, one.sent_at)
        for one in deliveries
        if one.kind in _SHOWN
    )
