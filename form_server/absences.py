"""Absences as a person sets them up: days checked, a cover who can open the inbox, promises countable."""

from __future__ import annotations

from datetime import date, datetime, time

from form_server.clockwork import Roster
from form_server.ledger import Inbox, Leave, Ledger
from outreach_kit.errors import UsageError
from outreach_kit.practice import Practice
from outreach_kit.promise import Absence, WorkingCalendar


def add_absence(
    ledger: Ledger,
    practice: Practice,
    inbox: Inbox,
    first_on: date,
    last_on: date,
    *,
    cover_email: str = "",
    cover_inbox: Inbox | None = None,
    actor: str,
) -> Leave:
    """The absence, once it is on record. At most one of the covers is given.

    Raises UsageError for days or a cover that cannot be, CannotOpen for a user who cannot open the
    inbox, NeverOpen when no promise could be counted any more.
    """
    if last_on < first_on:
        raise UsageError(f"It would end ({last_on}) before it begins ({first_on}).")
    if cover_email and cover_inbox:
        raise UsageError("Name a user or an inbox as the cover, not both.")
    if cover_inbox is not None and cover_inbox.id == inbox.id:
        raise UsageError("An inbox cannot cover for itself: name another one.")
    leave = Leave(
        ledger.new_id(),
        inbox.id,
        first_on,
        last_on,
        cover_inbox_id=cover_inbox.id if cover_inbox else None,
        cover_user_id=_user_id(ledger, cover_email),
    )
    _require_countable(ledger, practice, leave)
    ledger.leaves.add(leave, actor=actor)
    return leave


def _user_id(ledger: Ledger, email: str) -> str | None:
    if not email:
        return None
    user = ledger.people.user_by_email(email)
    if user is None:
        raise UsageError(f"Nobody signs in as {email}: give the address of a user.")
    return user.id


def _require_countable(ledger: Ledger, practice: Practice, new: Leave) -> None:
    if new.is_covered:
        return
    begins = datetime.combine(new.first_on, time(), tzinfo=practice.time_zone)
    there = Roster(practice, ledger).for_inbox(ledger.inboxes.get(new.inbox_id), begins).calendar
    absences = (*there.absences, Absence(new.first_on, new.last_on))
    WorkingCalendar(there.hours, there.zone, absences).next_open(begins)
