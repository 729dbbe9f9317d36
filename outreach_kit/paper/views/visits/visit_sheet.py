"""The sheet for a visit of ten to fifteen minutes: listening first, the ask last, room to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.paper.views.crowd import are_too_many, count_openings
from outreach_kit.paper.views.frame import (
    Commission,
    Place,
    SheetView,
    clinician_file,
    foot,
    frame,
    passages_of,
)
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician

SIZES_PT: Final = (11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0)
_MOST_GREETED: Final = 6


def view_visit(commission: Commission) -> SheetView:
    """For the practice or one of its clinicians; with an office's name when made for one."""
    practice, job, audience = commission.practice, commission.job, commission.audience
    _ = commission.wording.gettext
    clinician, source = commission.clinician, job.source
    whose = clinician.name_and_credentials if clinician else practice.name
    openings = list(_openings(commission))
    office = breakable(source.name) if source else None
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Visit sheet, {audience}: {name}").format(audience=audience.name, name=whose)
            if job.edition
            else _("Visit sheet: {name}").format(name=whose),
            description=_("A visit of 10 to 15 minutes: listening first, the ask last."),
            keywords=[job.sheet.name, practice.name],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {"openings": len(openings)} if len(openings) > 1 else {},
        "kicker": _("Visit sheet: {audience}").format(audience=audience.name)
        if job.edition
        else _("Visit sheet"),
        "practice": breakable(practice.name),
        "heading": office or _("A visit of 10 to 15 minutes"),
        "after": _("a visit of 10 to 15 minutes") if office else "",
        "calm": _(
            "For them this visit is routine. You are one of many who stop by, and a friendly one: "
            "be brief, be kind, and listen."
        ),
        "blanks": [
            *([] if office else [_("Office")]),
            _("Day"),
            _("Time"),
        ],
        "pack": _pack(commission),
        "desk": {
            "name": _("At the front desk"),
            "how_long": _("2 minutes"),
            "say": _("“How is your day going?”"),
            "notes": [
                _("Ask for their names, and use them. They refer more often than anybody."),
            ],
            "known": breakable(", ".join(source.greet[:_MOST_GREETED])) if source else "",
            "names": _("Their names"),
        },
        "listen": _listen(commission),
        "ask": _ask(commission, openings),
        "after_visit": _afterwards(commission),
        "foot": {
            **foot(commission),
            "source": _("Code {code}").format(code=source.code) if source else None,
        },
    }
    lists = {}
    if len(openings) > 1:
        lists["openings"] = Place(clinician_file(practice.clinicians[0]), ("openings",))
    return SheetView(
        template=job.sheet.template,
        data=data,
        lists=lists,
        passages=passages_of(commission, clinician),
    )


def _pack(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    source = commission.job.source
    return {
        "heading": _("Pack"),
        "items": [
            _("Business cards, a stack for each desk"),
            _("Brochures. They lose brochures and keep cards, so bring both."),
            _("Referral pads"),
            _("The one-page guide"),
            _("Cookies"),
            _("This sheet and a pen"),
        ],
        "only_if_asked": _("Résumé: packed, and shown only if they ask"),
        "code": _("Their sheets carry the code {code}.").format(code=source.code)
        if source
        else None,
    }


def _listen(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    people = commission.audience.people
    return {
        "name": _("Listen first"),
        "how_long": _("8 minutes"),
        "questions": [
            _("“How can I help your {people}?”").format(people=people),
            _("“What needs do you see most?”"),
            _("“Is there anyone you are worried about now?”"),
        ],
        "note": _("Write needs, not names."),
    }


def _ask(commission: Commission, openings: list[str]) -> dict[str, Any]:
    """The openings as counted, or blanks to count them into; then the one question."""
    _ = commission.wording.gettext
    seen = _seen(commission)
    return {
        "name": _("Ask last"),
        "how_long": _("2 minutes"),
        "openings": openings,
        "count": None
        if openings
        else {"openings": _("Openings, counted today"), "first": _("The first on")},
        "seen": seen,
        "seen_blank": None if seen else _("Seen within so many days"),
        "question": _("“May I count on you to send them to me?”")
        if commission.clinician
        else _("“May we count on you to send them to us?”"),
        "answer": _("What they said"),
    }


def _seen(commission: Commission) -> str | None:
    days, ngettext = commission.practice.promise.seen_within_days, commission.wording.ngettext
    if days is None:
        return None
    if commission.clinician is None:
        return ngettext(
            "“We can usually see somebody within about {count} day.”",
            "“We can usually see somebody within about {count} days.”",
            days,
        ).format(count=days)
    return ngettext(
        "“I can usually see somebody within about {count} day.”",
        "“I can usually see somebody within about {count} days.”",
        days,
    ).format(count=days)


def _openings(commission: Commission) -> Iterator[str]:
    """Counts that are not stale today, each with the day on which it was counted."""
    one = commission.clinician
    whose = (one,) if one else commission.practice.clinicians_for(commission.audience)
    if are_too_many(whose):
        if together := count_openings(whose, commission.today):
            yield _say_count(commission, commission.practice.name, *together)
        return
    for clinician in whose:
        if line := _counted(commission, clinician, by_name=one is None):
            yield line


def _counted(commission: Commission, clinician: Clinician, *, by_name: bool) -> str | None:
    openings, wording = clinician.facts.openings, commission.wording
    if openings is None or not openings.count or not openings.fresh(commission.today):
        return None
    ngettext = wording.ngettext
    day = wording.month_day(openings.on)
    if by_name:
        return _say_count(commission, clinician.name, openings.count, openings.on)
    first = openings.first_available_on
    if first is None or first < commission.today:
        return ngettext(
            "“I have {count} opening as of {day}.”",
            "“I have {count} openings as of {day}.”",
            openings.count,
        ).format(count=openings.count, day=day)
    return ngettext(
        "“I have {count} opening as of {day}, on {first}.”",
        "“I have {count} openings as of {day}, the first on {first}.”",
        openings.count,
    ).format(count=openings.count, day=day, first=wording.month_day(first))


def _afterwards(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    return {
        "heading": _("In the car"),
        "left": _("What I left there"),
        "counts": [_("Cards"), _("Brochures"), _("Pads")],
        "steps": [
            _("Write down who asked for what, and send it this week."),
            _("Enter the visit, and any gift, into your records."),
        ],
        "again": _("Next visit, in three months"),
    }


def _say_count(commission: Commission, name: str, count: int, on: dt.date) -> str:
    wording = commission.wording
    return wording.ngettext(
        "“{name} has {count} opening as of {day}.”",
        "“{name} has {count} openings as of {day}.”",
        count,
    ).format(name=breakable(name), count=count, day=wording.month_day(on))
