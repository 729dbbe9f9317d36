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
    if cover_inbox is not None and _leads_to(ledger, cover_inbox.id, leave):
        raise UsageError(
            f"{cover_inbox.name} is away on some of these days as well, and what comes in then would "
            f"be handed back to {inbox.name}. Name another cover, or none."
        )
    _require_countable(ledger, practice, leave)
    ledger.leaves.add(leave, actor=actor)
    return leave


def _leads_to(ledger: Ledger, cover_id: str, new: Leave, passed: tuple[str, ...] = ()) -> bool:
    """Whether on a day of the new absence its cover, or theirs, hands on to who is away by it."""
    if cover_id == new.inbox_id:
        return True
    return any(
        one.cover_inbox_id is not None
        and one.cover_inbox_id not in passed
        and one.first_on <= new.last_on
        and new.first_on <= one.last_on
        and _leads_to(ledger, one.cover_inbox_id, new, (*passed, cover_id))
        for one in ledger.inboxes.leaves(cover_id)
    )


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
