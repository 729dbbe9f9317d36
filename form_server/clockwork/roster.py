"""Who answers for an inbox at a moment, and in which working time: absences taken into account.

A covered absence keeps the practice's hours, because somebody answers. One without cover takes its
days out of the calendar, so that nobody is promised a call that nobody can make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from form_server.clockwork.chain import Chain
from form_server.ledger import Channel, Inbox, Leave, Ledger, NotFound, Recipient
from outreach_kit.practice import Practice
from outreach_kit.promise import Absence, WorkingCalendar


@dataclass(frozen=True)
class Duty:
    """The inbox that takes a referral, whom to tell, and when they work."""

    inbox: Inbox
    chain: Chain
    calendar: WorkingCalendar


class Roster:
    """Reads the ledger's memory of inboxes: cheap while nobody is away."""

    def __init__(self, practice: Practice, ledger: Ledger) -> None:
        self._ledger = ledger
        self.plain = WorkingCalendar(practice.hours, practice.time_zone)

    def for_new(self, clinician: str | None, at: datetime) -> Duty:
        """For a referral that arrives at `at`; the inbox of a cover takes it, and where the cover is
        away as well, that of theirs. Raises NotFound."""
        inboxes = self._ledger.inboxes
        inbox, asked = inboxes.for_clinician(clinician), set[str | None]()
        while (leave := self._leave(inbox.id, at)) is not None and leave.cover_inbox_id is not None:
            asked.add(inbox.id)
            if leave.cover_inbox_id in asked:
                break  # they cover for each other, and nobody is there
            inbox = inboxes.get(leave.cover_inbox_id)
        return self.for_inbox(inbox, at)

    def for_inbox(self, inbox: Inbox, at: datetime) -> Duty:
        """For a referral that lies in the inbox already: it opens there and nowhere else."""
        chain = Chain.of(self._ledger.inboxes.recipients(inbox.id))
        leave = self._leave(inbox.id, at)
        if leave is not None and leave.cover_user_id is not None:
            chain = chain.covered_by(
                leave.cover_user_id, self._reach(inbox.id, leave.cover_user_id)
            )
        return Duty(inbox, chain, self._calendar(inbox.id))

    def _leave(self, inbox_id: str, at: datetime) -> Leave | None:
        """The absence on the day on which what comes at `at` is answered."""
        leaves = self._ledger.inboxes.leaves(inbox_id)
        if not leaves:
            return None
        day = self.plain.next_open(at).astimezone(self.plain.zone).date()
        return _on(day, leaves)

    def _calendar(self, inbox_id: str) -> WorkingCalendar:
        uncovered = tuple(
            Absence(one.first_on, one.last_on)
            for one in self._ledger.inboxes.leaves(inbox_id)
            if not one.is_covered
        )
        if not uncovered:
            return self.plain
        return WorkingCalendar(self.plain.hours, self.plain.zone, uncovered)

    def _reach(self, inbox_id: str, user_id: str) -> tuple[Recipient, ...]:
        """A user's own address, for a cover who is no recipient of the inbox."""
        try:
            email = self._ledger.people.user(user_id).email
        except NotFound:
            return ()
        return (Recipient(f"cover-{user_id}", inbox_id, Channel.EMAIL, email, 0, user_id),)


def _on(day: date, leaves: tuple[Leave, ...]) -> Leave | None:
    """A covered one first, where two lie over each other."""
    there = [one for one in leaves if one.first_on <= day <= one.last_on]
    return next((one for one in there if one.is_covered), there[0] if there else None)
