"""The plan of a morning of visits: where to, in which order, whom to greet, and what goes into the bag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen
from outreach_kit.paper.private import frame, set_reporting
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.too_long import read_overflows
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.practice import Practice

SIZES_PT: Final = (11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0)
_ROOMY: Final = 4
"""Up to so many offices each has a line to write on, and each thing said a line of its own."""


@frozen
class PlannedStop:
    """`way` is how far from the stop before, `facts` are address, hours and telephone; empty where
    nothing is known. `bring` is said as counts, `say` names the message."""

    name: str
    way: str = ""
    facts: tuple[str, ...] = ()
    greet: tuple[str, ...] = ()
    ask_for: tuple[str, ...] = ()
    bring: str = ""
    say: str = ""


@frozen
class DayPlan:
    """`about` sums it up in a line; `pack` are lines to tick off."""

    about: str
    calm: str
    stops: Sequence[PlannedStop]
    pack: Sequence[str]


class DayTooLong(HandoffError):
    """More offices, or more said of them, than one page holds."""

    def __init__(self, offices: int) -> None:
        self.offices = offices
        super().__init__(
            f"A page does not hold {offices} offices with all that is known of them. Take fewer into "
            "one morning, and print the plan again."
        )


def render_day_plan(
    plan: DayPlan,
    practice: Practice,
    today: dt.date,
    timestamp: int,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """One page of PDF/UA-1, in English like the desk. Raises DayTooLong, NotPrintable."""
    pdf, reports = set_reporting("day-plan.typ", _view(plan, practice, today, paper), timestamp)
    if read_overflows(reports):
        raise DayTooLong(len(plan.stops))
    return pdf


def _view(plan: DayPlan, practice: Practice, today: dt.date, paper: Paper) -> dict[str, Any]:
    return {
        "frame": frame(practice, f"A morning of visits: {practice.name}", "en", paper),
        "sizes_pt": SIZES_PT,
        "kicker": "Plan of the day",
        "practice": breakable(practice.name),
        "heading": "A morning of visits",
        "after": plan.about,
        "calm": plan.calm,
        "blanks": ["Day", "Leave at", "Back by"],
        "stops": [_stop(one) for one in plan.stops],
        "is_roomy": len(plan.stops) <= _ROOMY,
        "needs": "What they need: needs, not names",
        "pack": {"heading": "Pack", "items": list(plan.pack)},
        "afterwards": {
            "heading": "After each visit",
            "items": [
                "In the car, log it at the desk: whom you met, what they need, what you left.",
                "Send this week what somebody asked for.",
            ],
        },
        "foot": {
            "facts": [practice.name, practice.contact.phone.display],
            "date": wording_in("en").day(today),
            "source": None,
        },
    }


def _stop(one: PlannedStop) -> dict[str, Any]:
    people = [("Greet", one.greet), ("Ask for", one.ask_for)]
    lines = [
        *({"name": name, "text": breakable(", ".join(who))} for name, who in people if who),
        *(
            {"name": name, "text": text}
            for name, text in (("Leave", one.bring), ("Say", one.say))
            if text
        ),
    ]
    if not one.greet:
        lines.insert(0, {"name": "Greet", "text": "the front desk, and ask for their names"})
    return {
        "name": breakable(one.name),
        "way": one.way,
        "facts": [breakable(fact) for fact in one.facts],
        "lines": lines,
    }
