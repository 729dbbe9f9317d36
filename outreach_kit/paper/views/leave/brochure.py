"""The brochure for the person who may call: what the first call is like, before anything else."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.crisis import not_safe
from outreach_kit.paper.views.crowd import are_too_many, say_how_many
from outreach_kit.paper.views.frame import (
    PRACTICE_FILE,
    Commission,
    Place,
    SheetView,
    clinician_file,
    foot,
    frame,
    in_language,
    passages_of,
)
from outreach_kit.paper.views.leave.doors import view_where
from outreach_kit.paper.views.leave.patient import (
    fee_of,
    fees,
    first_call_price,
    first_visit_soon,
    promise,
    ways_to_begin,
)
from outreach_kit.paper.views.sections import at_a_glance, plans
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician
from outreach_kit.practice.facts import FeeKind
from outreach_kit.practice.prose import Node, parse_prose, plain_text

BODY_SIZES_PT: Final = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0)
OPENING_WORDS: Final = 100
"""So much of the profile stands in the first panel at most."""
PANELS_IN: Final = (3.6875, 3.6875, 3.625)
"""From the left, inside; the last one folds in, and is narrower so that it lies flat."""


def view_brochure(commission: Commission) -> SheetView:
    """The brochure of the practice's one clinician, of one of a group, or of the whole group."""
    practice, job = commission.practice, commission.job
    _ = commission.wording.gettext
    clinician = commission.clinician
    insurance = plans(commission)
    not_for = _not_for(commission, clinician)
    lists = {"not_for": len(not_for["items"]), "plans": len(insurance["items"])}
    title = _("Brochure: {name}").format(
        name=clinician.name_and_credentials if clinician else practice.name
    )
    niche = clinician.facts.niche if clinician else practice.niche
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=niche,
            keywords=[job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": BODY_SIZES_PT,
        "panels_in": PANELS_IN,
        "lists": {key: count for key, count in lists.items() if count},
        "cover": {
            "practice": breakable(practice.name),
            "above": breakable(practice.name) if clinician else practice.address.lines[-1],
            "before": _("Someone gave you this name:"),
            "name": breakable(clinician.name if clinician else practice.name),
            "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
            "role": (clinician.facts.title or "") if clinician else "",
            "portrait": portrait_drawing(clinician, practice.name) if clinician else None,
            "niche": niche,
            "phone": next(ways_to_begin(commission))["text"],
        },
        "for_you": {
            "heading": _("Is this for you?"),
            "opening": _opening(clinician, commission.language) if clinician else [],
            "people": _people(commission) if clinician is None else [],
            "glance": at_a_glance(commission, clinician) if clinician else [],
        },
        "not_for": not_for,
        "call": _first_call(commission),
        "visit": _first_visit(commission, clinician),
        "cost": _cost(commission),
        "plans": insurance,
        "begin": {
            "heading": _("How to begin"),
            "ways": list(ways_to_begin(commission)),
            "then": _("Then"),
            "next": [line for line in (promise(commission), first_visit_soon(commission)) if line],
        },
        "where": view_where(commission, clinician),
        "not_safe": not_safe(commission),
        "foot": foot(commission),
    }
    return SheetView(
        template=job.sheet.template,
        data=data,
        lists={
            "not_for": Place(clinician_file(clinician or practice.clinicians[0]), ("not_fit",)),
            "plans": Place(PRACTICE_FILE, ("insurance", "plans")),
        },
        passages=passages_of(commission, clinician),
    )


def _opening(clinician: Clinician, language: str) -> list[Node]:
    """The first paragraphs of the profile, whole ones only, as far as they are short."""
    blocks: list[Node] = []
    words = 0
    for block in parse_prose(in_language(clinician.profile, language).text)[2:]:
        words += len(plain_text(block).split())
        if block[0] != "p" or words > OPENING_WORDS:
            break
        blocks.append(block)
    return blocks


def _people(commission: Commission) -> list[dict[str, str]]:
    """Who works there, whom they see, and in which languages; of many, their number."""
    wording, whose = commission.wording, commission.practice.clinicians
    _ = wording.gettext
    if are_too_many(whose):
        spoken = dict.fromkeys(tag for one in whose for tag in one.facts.languages)
        return [
            {"name": say_how_many(commission, whose), "about": wording.languages(tuple(spoken))}
        ]
    return [
        {
            "name": breakable(one.name),
            "about": " · ".join(
                (
                    _("Ages {ages}").format(ages=wording.ages(one.facts.ages)),
                    wording.languages(one.facts.languages),
                )
            ),
        }
        for one in whose
    ]


def _not_for(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    """For whom it is not, and that nobody is left alone with it; of a group what none of them takes."""
    _ = commission.wording.gettext
    whose = (clinician,) if clinician else commission.practice.clinicians
    first, *others = (one.facts.not_fit for one in whose)
    alone = not commission.practice.is_group
    return {
        "heading": _("Not the right fit"),
        "items": [breakable(item) for item in first if all(item in other for other in others)],
        "promise": _("Not sure? Call anyway. I help you find the right person.")
        if alone
        else _("Not sure? Call anyway. We help you find the right person."),
    }


def _first_call(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    alone = not commission.practice.is_group
    lines = [
        first_call_price(commission),
        _("Say as much or as little as you like. You do not need the right words."),
        _("I ask what is hard right now, and what you hope will change.")
        if alone
        else _("We ask what is hard right now, and what you hope will change."),
        _("We talk about times, the cost and your insurance."),
        _("In the end you choose. It is fine to say no, or to think it over."),
    ]
    return {"heading": _("The first call"), "lines": [line for line in lines if line]}


def _first_visit(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    wording = commission.wording
    _ = wording.gettext
    fee = fee_of(commission, FeeKind.INTAKE, FeeKind.SESSION)
    minutes = fee.minutes if fee else None
    in_person = clinician is None or clinician.facts.in_person
    online = clinician is None or bool(clinician.facts.telehealth)
    ways = {
        (True, True): _("You come to the office, or we meet online."),
        (True, False): _("You come to the office."),
        (False, True): _("We meet online. You can be at home."),
        (False, False): None,
    }[in_person, online]
    lines = [
        wording.ngettext(
            "It takes {count} minute.", "It takes {count} minutes.", minutes
        ).format(count=minutes)
        if minutes
        else None,
        ways,
        _("You tell your story in your own way. You can skip what you do not want to talk about."),
        _("What you say stays private. The law has a few exceptions. You hear about them first."),
        _("At the end we agree on what comes next."),
    ]  # fmt: skip
    return {"heading": _("The first visit"), "lines": [line for line in lines if line]}


def _cost(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    payment = commission.practice.payment
    notes = [", ".join(payment.methods), payment.due, payment.cancellation]
    right = (
        _("If you do not use insurance, you have a right to know the cost in writing before you come.")
        if commission.practice.address.country == "US"
        else None
    )  # fmt: skip
    return {
        "heading": _("What it costs"),
        "fees": fees(commission),
        "ask": _("Ask about the cost in the first call."),
        "payment": {
            "heading": _("How to pay"),
            "lines": [note for note in notes if note],
        },
        "right": right,
    }
