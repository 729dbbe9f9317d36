"""The one-page guide that an office keeps beside the telephone: whom to send, and how to hand over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.frame import (
    PRACTICE_FILE,
    Commission,
    Place,
    SheetView,
    clinician_file,
    door_code,
    foot,
    frame,
    passages_of,
)
from outreach_kit.paper.views.sections import at_a_glance, cost, crisis, plans
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician

BODY_SIZES_PT: Final = (12.5, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0)
"""Body sizes to try, largest first; 10 pt is the least that is read at a desk without effort."""


def view_guide(commission: Commission) -> SheetView:
    """The guide for the practice's one clinician, for one of a group, or for the whole group."""
    practice, job = commission.practice, commission.job
    _ = commission.wording.gettext
    clinician = commission.clinician
    name = clinician.name if clinician else practice.name
    niche = clinician.facts.niche if clinician else practice.identity.niche or ""
    whose = (clinician,) if clinician else practice.clinicians
    reasons: list[dict[str, Any]] = [
        {
            "key": f"refer_when:{one.slug}",
            "who": breakable(one.name_and_credentials) if clinician is None else None,
            "items": [
                breakable(reason.text if clinician else reason.label)
                for reason in one.facts.refer_when
            ],
        }
        for one in whose
    ]
    not_fit = _not_fit(whose)
    insurance = plans(commission)
    lists = {group["key"]: len(group["items"]) for group in reasons}
    lists |= {"not_fit": len(not_fit), "plans": len(insurance["items"])}
    title = _("Referral guide: {name}").format(
        name=clinician.name_and_credentials if clinician else practice.name
    )
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=niche or title,
            keywords=[job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": BODY_SIZES_PT,
        "lists": {key: count for key, count in lists.items() if count},
        "kicker": _("Referral guide"),
        "practice": breakable(practice.name),
        "heading": {
            "before": _("Referring to"),
            "name": breakable(name),
            "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
        },
        "portrait": portrait_drawing(clinician, practice.name) if clinician else None,
        "niche": niche,
        "glance": at_a_glance(commission, clinician),
        "refer": {"heading": _("Refer when"), "groups": reasons},
        "not_fit": {
            "heading": _("Not the right fit"),
            "items": [breakable(item) for item in not_fit],
            "promise": whose[0].facts.not_fit_promise,
        },
        "steps": _steps(commission, clinician),
        "doors": _doors(commission),
        "next": {"heading": _("What happens next"), "steps": list(_what_happens_next(commission))},
        "plans": insurance,
        "cost": cost(commission),
        "crisis": crisis(commission),
        "foot": foot(commission),
    }
    return SheetView(
        template=job.sheet.template,
        data=data,
        lists={
            **{
                f"refer_when:{one.slug}": Place(clinician_file(one), ("refer_when",))
                for one in whose
            },
            "not_fit": Place(clinician_file(whose[0]), ("not_fit",)),
            "plans": Place(PRACTICE_FILE, ("insurance", "plans")),
        },
        passages=passages_of(commission, clinician),
    )


def _not_fit(whose: tuple[Clinician, ...]) -> list[str]:
    """What none of them takes: in a group, one clinician's limit may be another's niche."""
    first, *others = (clinician.facts.not_fit for clinician in whose)
    return [item for item in first if all(item in other for other in others)]


def _steps(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    _ = commission.wording.gettext
    has_fax, has_form = commission.practice.contact.fax is not None, commission.form_url is not None
    ways = {
        (True, True): _("Call while the patient is still in the room, send a fax, or use the one-minute form."),
        (True, False): _("Call while the patient is still in the room, or send a fax."),
        (False, True): _("Call while the patient is still in the room, or use the one-minute form."),
        (False, False): _("Call while the patient is still in the room, and hand over the phone."),
    }[has_fax, has_form]  # fmt: skip
    sentence = (
        clinician.recommend
        if clinician
        else _("I recommend …, by name. I think you will feel in good hands there.")
    )
    return {
        "heading": _("Three steps, before the patient leaves"),
        "sentence": sentence,
        "steps": [
            {
                "name": _("Say the name"),
                "text": _("One name is easier to call than a list of three."),
            },
            {
                "name": _("Write it down"),
                "text": _(
                    "Put name and number on your referral pad. What is on paper gets called."
                ),
            },
            {"name": _("Hand over"), "text": ways},
        ],
    }


def _doors(commission: Commission) -> list[dict[str, Any]]:
    """Phone, fax and form, as far as there are such; none is better than another."""
    contact, wording = commission.practice.contact, commission.wording
    _ = wording.gettext
    doors: list[dict[str, Any]] = [
        {
            "name": _("Phone"),
            "value": contact.phone.display,
            "href": contact.phone.href,
            "notes": list(wording.hours(commission.practice.hours)),
            "code": None,
        }
    ]
    if contact.fax is not None:
        doors.append(
            {
                "name": _("Fax"),
                "value": contact.fax.display,
                "href": None,
                "notes": [_("Patient’s name, phone, reason. No records.")],
                "code": None,
            }
        )
    code = door_code(commission)
    if code is not None:
        doors.append(
            {
                "name": _("Form"),
                "value": code["text"],
                "href": code["url"],
                "notes": [
                    _("One minute, no account. Your office is filled in.")
                    if commission.job.source
                    else _("One minute, on any phone. No account.")
                ],
                "code": code,
            }
        )
    return doors


def _what_happens_next(commission: Commission) -> Iterator[dict[str, str]]:
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    solo = not practice.is_group
    if commission.form_url:
        yield {
            "when": _("At once"),
            "what": _("The form gives you a receipt for the chart."),
        }
    yield {
        "when": wording.call_within(practice.promise),
        "what": _("I call the patient.") if solo else _("We call the patient."),
    }
    if seen := wording.seen_within(practice.promise):
        yield {"when": seen, "what": _("The first appointment is usually possible.")}
    yield {
        "when": _("Afterwards"),
        "what": _("You hear how it went, if the patient agrees."),
    }
