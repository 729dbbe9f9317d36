"""The menu of talks: what an office, a school or a congregation can ask for, on one page."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.frame import (
    TRAININGS_FILE,
    Commission,
    Passage,
    Place,
    SheetView,
    foot,
    frame,
)
from outreach_kit.paper.views.talks.parts import asking, listeners, minutes, speaker
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Training

SIZES_PT: Final = (12.5, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0)


def view_menu(commission: Commission) -> SheetView:
    """Every talk; what one takes home from each only where there is room for all of it."""
    practice = commission.practice
    _ = commission.wording.gettext
    talks = [_talk(commission, training) for training in practice.trainings]
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Talks by {name}").format(name=speaker(commission)),
            description=_("Short talks for a team meeting or a lunch hour."),
            keywords=[commission.job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {"talks": len(talks)},
        "kicker": _("Talks"),
        "practice": breakable(practice.name),
        "heading": _("Talks for your team"),
        "lead": _("For a meeting or a lunch hour, at your place. Pick one, and we find a day."),
        "by": _("With {name}").format(name=speaker(commission)),
        "talks": talks,
        "ask": {"heading": _("To ask for a talk"), **asking(commission)},
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={"talks": Place(TRAININGS_FILE, ("training",))},
        passages=tuple(
            Passage(Place(TRAININGS_FILE, ("training", index, "about")), training.about)
            for index, training in enumerate(practice.trainings)
        ),
    )


def _talk(commission: Commission, training: Training) -> dict[str, Any]:
    return {
        "title": breakable(training.title),
        "minutes": minutes(commission, training),
        "about": breakable(training.about),
        "points": [breakable(point) for point in training.points],
        "for": [breakable(audience.name) for audience in listeners(commission, training)],
        "needs": breakable(training.needs or ""),
    }
