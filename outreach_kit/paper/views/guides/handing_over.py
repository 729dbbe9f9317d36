"""How a guide says that somebody is handed over, in a physician's office and everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outreach_kit.paper.views.frame import Commission, door_code
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Audience, Clinician
from outreach_kit.practice.audiences import NAME_HERE
from outreach_kit.practice.built_in import PHYSICIANS


def in_an_office(audience: Audience) -> bool:
    """Whether the words of a physician's office are theirs: patients, referral pads, charts."""
    return audience.slug == PHYSICIANS["en"].slug


def steps(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    """The sentence to say, and the steps; `own` where they are in the audience's own words."""
    audience = commission.audience
    _ = commission.wording.gettext
    if in_an_office(audience):
        heading, own = _("Three steps, before the patient leaves"), _office_steps(commission)
    elif audience.how:
        heading = _("How to hand somebody over")
        own = [{"name": "", "text": breakable(step)} for step in audience.how]
    else:
        heading, own = _("Three steps, while you are together"), _three_steps(commission)
    return {
        "heading": heading,
        "sentence": _("“{sentence}”").format(sentence=_sentence(commission, clinician)),
        "steps": own,
        "own": not in_an_office(audience) and bool(audience.how),
    }


def _sentence(commission: Commission, clinician: Clinician | None) -> str:
    """What they can say; of a group that takes their people together, the name that it shares."""
    practice, audience = commission.practice, commission.audience
    chosen = practice.clinicians_for(audience)
    if one := clinician or (chosen[0] if len(chosen) == 1 else None):
        return one.sentence_for(audience)
    if audience.say:
        return audience.say.replace(NAME_HERE, practice.name)
    _ = commission.wording.gettext
    return _(
        "I recommend {practice}, by name. They will find the one among them who is right for you."
    ).format(practice=practice.name)


def _office_steps(commission: Commission) -> list[dict[str, str]]:
    _ = commission.wording.gettext
    has_fax, has_form = commission.practice.contact.fax is not None, commission.form_url is not None
    ways = {
        (True, True): _("Call while the patient is still in the room, send a fax, or use the one-minute form."),
        (True, False): _("Call while the patient is still in the room, or send a fax."),
        (False, True): _("Call while the patient is still in the room, or use the one-minute form."),
        (False, False): _("Call while the patient is still in the room, and hand over the phone."),
    }[has_fax, has_form]  # fmt: skip
    return [
        {
            "name": _("Say the name"),
            "text": _("One name is easier to call than a list of three."),
        },
        {
            "name": _("Write it down"),
            "text": _("Put name and number on your referral pad. What is on paper gets called."),
        },
        {"name": _("Hand over"), "text": ways},
    ]


def _three_steps(commission: Commission) -> list[dict[str, str]]:
    _ = commission.wording.gettext
    has_fax, has_form = commission.practice.contact.fax is not None, commission.form_url is not None
    ways = {
        (True, True): _("Call together, send a fax, or use the one-minute form."),
        (True, False): _("Call together, or send a fax."),
        (False, True): _("Call together, or use the one-minute form."),
        (False, False): _("Call together, and hand over the phone."),
    }[has_fax, has_form]
    return [
        {
            "name": _("Say the name"),
            "text": _("One name is easier to call than a list of three."),
        },
        {
            "name": _("Write it down"),
            "text": _("Give name and number on paper. What is on paper gets called."),
        },
        {"name": _("Hand over"), "text": ways},
    ]


def doors(commission: Commission) -> list[dict[str, Any]]:
    """Phone, fax and form, as far as there are such; none is better than another."""
    contact, wording = commission.practice.contact, commission.wording
    _ = wording.gettext
    found: list[dict[str, Any]] = [
        {
            "name": _("Phone"),
            "value": contact.phone.display,
            "href": contact.phone.href,
            "notes": list(wording.hours(commission.practice.hours)),
            "code": None,
        }
    ]
    if contact.fax is not None:
        found.append(
            {
                "name": _("Fax"),
                "value": contact.fax.display,
                "href": None,
                "notes": [
                    _("Patient’s name, phone, reason. No records.")
                    if in_an_office(commission.audience)
                    else _("Name, phone, reason. No records.")
                ],
                "code": None,
            }
        )
    code = door_code(commission)
    if code is not None:
        found.append(
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
    return found


def what_happens_next(commission: Commission) -> Iterator[dict[str, str]]:
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    solo, person = not practice.is_group, commission.audience.person
    office = in_an_office(commission.audience)
    if commission.form_url:
        yield {
            "when": _("At once"),
            "what": _("The form gives you a receipt for the chart.")
            if office
            else _("The form gives you a receipt."),
        }
    if office:
        call = _("I call the patient.") if solo else _("We call the patient.")
    else:
        call = _("I call the {person}.") if solo else _("We call the {person}.")
    yield {
        "when": wording.call_within(practice.promise),
        "what": call.format(person=person),
    }
    if seen := wording.seen_within(practice.promise):
        yield {"when": seen, "what": _("The first appointment is usually possible.")}
    told = (
        _("You hear how it went, if the patient agrees.")
        if office
        else _("You hear how it went, if the {person} agrees.")
    )
    yield {"when": _("Afterwards"), "what": told.format(person=person)}
