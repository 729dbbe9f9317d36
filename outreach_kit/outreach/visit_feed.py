"""What stands in the therapist's own calendar: visits that are due, days of thank-yous, occasions.

Offices' names stand in it, and nobody's who was sent: no count, no outcome, no day of a referral.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final

from outreach_kit.outreach.gifts import Occasion, Suggestion
from outreach_kit.outreach.icalendar import DayEvent
from outreach_kit.outreach.week import Stop

_OCCASIONS: Final = {
    Occasion.JULY_FOURTH: "Cookies for July 4, when nobody else brings them",
    Occasion.AGAIN: "Cookies again, a year after the last",
}


def visit_events(
    due: Iterable[Stop], instance: str, url: str, today: dt.date
) -> tuple[DayEvent, ...]:
    """One event for each source, which moves as its day does; what is late stands on today.

    `instance` makes the names differ from those of another installation; `url` is the desk's own
    list, which asks to sign in.
    """
    return tuple(
        DayEvent(
            uid=event_uid(instance, "visit", stop.code),
            on=max(stop.due_on, today),
            title=f"Visit {stop.name}",
            words="Not seen for six months." if stop.is_forgotten else "",
            url=url,
        )
        for stop in sorted(due, key=lambda stop: (stop.due_on, stop.code))
    )


def thanks_event(batch_on: dt.date, instance: str, url: str) -> DayEvent:
    """Without a count: a shared calendar would tell how many referrals came."""
    uid = event_uid(instance, "thanks", batch_on.isoformat())
    return DayEvent(uid, batch_on, "Mail the thank-you cards", url=url)


def occasion_events(
    suggestions: Iterable[Suggestion], instance: str, url: str
) -> tuple[DayEvent, ...]:
    """Without what is named only to say no."""
    return tuple(
        DayEvent(
            event_uid(instance, one.occasion.value, str(one.on.year)),
            one.on,
            _OCCASIONS[one.occasion],
            url=url,
        )
        for one in suggestions
        if one.occasion in _OCCASIONS and not one.is_discouraged
    )


def event_uid(instance: str, kind: str, about: str) -> str:
    """The same for the same thing for ever, and nothing to be read from it."""
    digest = hashlib.sha256(f"{instance}\n{kind}\n{about}".encode()).hexdigest()
    return f"{digest[:32]}@warm-handoff"
