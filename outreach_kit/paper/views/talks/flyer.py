"""A talk's flyer for the break room: what it is, for whom, when and where, or room to write that."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.frame import (
    TRAININGS_FILE,
    Commission,
    Passage,
    Place,
    SheetView,
    foot,
    frame,
)
from outreach_kit.paper.views.talks.parts import asking, listeners, minutes, place, speaker
from outreach_kit.paper.wording import breakable

SIZES_PT: Final = (15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)


def view_flyer(commission: Commission) -> SheetView:
    """For the job's training; where it is made for one office, that is where the talk is."""
    practice, training, talk = commission.practice, commission.training, commission.job.talk
    clinician = commission.clinician
    _ = commission.wording.gettext
    name = clinician.name if clinician else practice.name
    points = [breakable(point) for point in training.points]
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("{talk}: a talk by {name}").format(
                talk=training.title, name=speaker(commission)
            ),
            description=training.about,
            keywords=[commission.job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {"points": len(points)},
        "kicker": _("A talk"),
        "practice": breakable(practice.name),
        "title": breakable(training.title),
        "minutes": minutes(commission, training),
        "about": breakable(training.about),
        "points": {"heading": _("What you take home"), "items": points},
        "for": {
            "heading": _("For"),
            "items": [_capital(breakable(one.who)) for one in listeners(commission, training)],
        },
        "needs": {"heading": _("What it needs"), "text": breakable(training.needs or "")},
        "when": [
            {"label": _("Day"), "text": commission.wording.near_day(talk.on) if talk.on else ""},
            {"label": _("Time"), "text": breakable(talk.time)},
            {"label": _("Place"), "text": place(commission)},
        ],
        "by": {
            "heading": _("With {name}").format(name=breakable(name)),
            "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
            "niche": practice.niche,
            "portrait": portrait_drawing(clinician, practice.name) if clinician else None,
        },
        "ask": {"heading": _("To ask for this talk"), **asking(commission)},
        "foot": foot(commission),
    }
    index = practice.trainings.index(training)
    path = ("training", index)
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={"points": Place(TRAININGS_FILE, (*path, "points"))},
        passages=(
            Passage(Place(TRAININGS_FILE, (*path, "title")), training.title),
            Passage(Place(TRAININGS_FILE, (*path, "about")), training.about),
        ),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
