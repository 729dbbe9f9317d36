"""How to answer a referral: one page for whoever picks up the telephone or reads the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.paper.views.frame import (
    Commission,
    SheetView,
    foot,
    frame,
    passages_of,
)
from outreach_kit.paper.views.visits.danger import danger
from outreach_kit.paper.wording import breakable

SIZES_PT: Final = (12.0, 11.75, 11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0)

FEW_PLANS: Final = 5
"""More than these are looked up, not learnt by heart."""


def view_training(commission: Commission) -> SheetView:
    """The practice's own promise, hours and telephone; a group's clinicians share the sheet."""
    practice = commission.practice
    _ = commission.wording.gettext
    fits = _fits(commission)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("How to answer a referral: {practice}").format(practice=practice.name),
            description=_("For the team: answer fast, heed permissions, close with an outcome."),
            keywords=[commission.job.sheet.name, practice.name],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "examples": sum(len(fit["examples"]) for fit in fits),
        "kicker": _("For the team"),
        "practice": breakable(practice.name),
        "heading": _("How to answer a referral"),
        "lead": _(
            "Somebody found the courage to ask for help, perhaps in several places at once. The first "
            "to answer usually wins, and courage fades by the day."
        ),
        "fast": {
            "heading": _("Answer fast"),
            "steps": list(_tries(commission)),
            "line": _("Every referral gets an answer, also the ones that we do not take."),
        },
        "topics": _topics(commission),
        "permissions": _permissions(commission),
        "fits": {"heading": _("Does it fit? Decide, and say so"), "items": fits},
        "outcome": {
            "heading": _("Always an outcome"),
            "lines": [
                _("Record each try. Only a try keeps our promise; reading a referral does not."),
                _(
                    "No referral is closed without an outcome: scheduled, sent to a colleague, "
                    "declined, or not reached after all three tries."
                ),
                _("An office hears how it went only as far as the patient agreed."),
            ],
        },
        "danger": _danger(commission),
        "signed": {
            "heading": _("Read and talked through"),
            "name": _("Name"),
            "day": _("Day"),
        },
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=passages_of(commission, None),
    )


def _tries(commission: Commission) -> Iterator[dict[str, str]]:
    """The promise first, then the rhythm of further tries."""
    wording = commission.wording
    _ = wording.gettext
    yield {
        "when": wording.call_within(commission.practice.promise),
        "what": _("Call. This is what we promised."),
    }
    yield {"when": _("The same day"), "what": _("Nobody there? Try at another hour.")}
    yield {"when": _("2 to 3 days later"), "what": _("Call again.")}
    yield {"when": _("5 to 7 days later"), "what": _("Try another way that was allowed.")}


def _topics(commission: Commission) -> dict[str, Any]:
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    return {
        "heading": _("Cover four topics"),
        "items": [
            {
                "name": _("Consultation"),
                "text": _("What the first call is for, and its price."),
            },
            {"name": _("Scheduling"), "text": _("Days and times that are really free.")},
            {"name": _("Cost and insurance"), "text": _about_plans(commission)},
            {"name": _("Payment"), "text": _("When and how.")},
        ],
        "note": _("The first-contact script has the sentences. Use it each time."),
        "hours": [
            _("Our phone: {phone}").format(
                phone=practice.contact.phone.display.replace(" ", "\u00a0")
            ),
            *wording.hours(practice.hours),
        ],
    }


def _about_plans(commission: Commission) -> str:
    _ = commission.wording.gettext
    plans = commission.practice.insurance.plans
    if not plans:
        return _("Say the price before they ask. We are in network with no plan.")
    if len(plans) > FEW_PLANS:
        return _("Ask which plan they have, word for word, and look for it on our list.")
    return _("Ask which plan they have. We are in network with {plans}.").format(
        plans=", ".join(breakable(plan) for plan in plans)
    )


def _permissions(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    return {
        "heading": _("A permission that was not given is a no"),
        "lines": [
            _("No voicemail, no text and no e-mail unless they were allowed."),
            _("Ask for no more than you need: no diagnosis, no medications, no member ID."),
        ],
        "never": {
            "heading": _("Never on voicemail"),
            "items": [
                _("The name of the practice"),
                _("Therapy, counseling, mental health"),
                _("Who referred them, and why"),
                _("Anything that their family should not hear"),
            ],
        },
        "say": _("Your name, our number, “please call me back”. Nothing else."),
    }


def _fits(commission: Commission) -> list[dict[str, Any]]:
    """In, edge and out; with the clinician's own examples in a practice of one."""
    _ = commission.wording.gettext
    clinician = commission.clinician
    reasons = [reason.label for reason in clinician.facts.refer_when] if clinician else []
    unfit = list(clinician.facts.not_fit) if clinician else []
    return [
        {
            "name": _("In"),
            "text": _("What we want to be sent. Find them a time."),
            "examples": [breakable(one) for one in reasons],
        },
        {
            "name": _("Edge"),
            "text": _("We could, if need be. Ask the clinician before you offer a time."),
            "examples": [],
        },
        {
            "name": _("Out"),
            "text": _("Somebody else is right. Name who is, and stay until they are there."),
            "examples": [breakable(one) for one in unfit],
        },
    ]


def _danger(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    one = commission.clinician
    return {
        **danger(commission),
        "words": _(
            "“I want to die”, “no reason to go on”, “better off without me”, a plan, a weapon, somebody "
            "who is going to be hurt: do not weigh it yourself."
        ),
        "ask": _("Ask plainly: “Are you safe right now?”"),
        "then": _("Then tell {name} at once.").format(name=breakable(one.name))
        if one
        else _("Then tell a clinician at once."),
    }
