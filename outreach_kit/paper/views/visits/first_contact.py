"""The script for the first call, with room for what the caller hears: the same one for all who call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.first_call import Call, Part, write_script
from outreach_kit.paper.views.frame import (
    PRACTICE_FILE,
    Commission,
    Passage,
    Place,
    SheetView,
    clinician_file,
    foot,
    frame,
)
from outreach_kit.paper.views.visits.danger import danger
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician

SIZES_PT: Final = (12.0, 11.75, 11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0)
BLANK: Final = "\ufffc"
"""An object in a line, which stands for what is written in by hand; the template draws a rule for it."""


def view_first_contact(commission: Commission) -> SheetView:
    """The five parts of the call, each with what to say, what to heed and what to write down."""
    practice = commission.practice
    clinician = commission.clinician or practice.clinicians[0]
    _ = commission.wording.gettext
    call = Call(caller=BLANK, patient=BLANK, sent_by=BLANK, plan="", by_hand=BLANK)
    noon = dt.datetime.combine(commission.today, dt.time(12), practice.time_zone)
    script = write_script(practice, clinician, call, noon, commission.wording)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("First-contact script: {name}").format(name=clinician.name_and_credentials),
            description=_("What to say on the first call, and room for what you hear."),
            keywords=[commission.job.sheet.name, practice.name],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "blank": BLANK,
        "kicker": _("First-contact script"),
        "practice": breakable(practice.name),
        "heading": _("The first call"),
        "after": _("for {name}").format(name=breakable(clinician.name)),
        "lead": _("Be personable, brief and caring: four topics, and a day in the calendar."),
        "parts": [
            _part(one, answers) for one, answers in zip(script, _answers(commission), strict=True)
        ],
        "voicemail": {
            "heading": _("Voicemail, only if allowed"),
            "say": breakable(
                _("Hello, this is {caller}. Please call me back at {phone}. Thank you.").format(
                    caller=BLANK, phone=practice.contact.phone.display.replace(" ", "\u00a0")
                )
            ),
            "note": _("Not a word about the practice, about therapy or about who asked."),
        },
        "danger": danger(commission),
        "afterwards": {
            "heading": _("When you have hung up"),
            "lines": [
                _("Record the call at once, reached or not. That keeps our promise."),
                _("Then shred this sheet, or lock it away: it has a name on it."),
            ],
        },
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=tuple(_long_texts(commission, clinician)),
    )


def _long_texts(commission: Commission, clinician: Clinician) -> Iterator[Passage]:
    """What the script says word for word, and of whom."""
    practice = commission.practice
    facts = {
        ("insurance", "plans"): ", ".join(practice.insurance.plans),
        ("booking", "note"): practice.booking.note,
        ("payment", "methods"): ", ".join(practice.payment.methods),
        ("payment", "due"): practice.payment.due,
        ("payment", "cancellation"): practice.payment.cancellation,
    }
    yield Passage(Place(clinician_file(clinician), ("name",)), clinician.name)
    for path, text in facts.items():
        if text:
            yield Passage(Place(PRACTICE_FILE, path), text)


def _part(part: Part, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "says": [breakable(sentence) for sentence in part.says],
        "notes": [breakable(note) for note in part.notes],
        **answers,
    }


def _answers(commission: Commission) -> list[dict[str, Any]]:
    """What is ticked and written down during each part, in the script's order."""
    _ = commission.wording.gettext
    return [
        {
            "ticks": [_("Reached"), _("Voicemail"), _("No answer")],
            "blanks": [_blank(_("Day and time"))],
        },
        {"ticks": [], "blanks": [_blank(_("What brings them, in their own words"), lines=2)]},
        {
            "ticks": [],
            "blanks": [_blank(_("Days and times that suit")), _blank(_("First session on"))],
        },
        {
            "ticks": [_("In network"), _("Out of network"), _("Self-pay")],
            "blanks": [_blank(_("Plan, as the card says it")), _blank(_("Estimate sent on"))],
        },
        {"ticks": [], "blanks": [_blank(_("How they will pay"))]},
    ]


def _blank(name: str, lines: int = 1) -> dict[str, Any]:
    return {"name": name, "lines": lines}
