"""The letter to those who refer: the newest note, what is open, the talks, on two pages for the mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.paper.views.crowd import are_too_many, count_openings, reasons_to_tick
from outreach_kit.paper.views.frame import (
    Commission,
    Passage,
    Place,
    SheetView,
    door_code,
    foot,
    frame,
)
from outreach_kit.paper.views.talks.parts import minutes
from outreach_kit.paper.views.talks.prose import blocks_of
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Note

SIZES_PT: Final = (13.0, 12.5, 12.0, 11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0)


def view_newsletter(commission: Commission) -> SheetView:
    """The newest note in the commission's language; an older one where there is room for all of it."""
    practice, wording = commission.practice, commission.wording
    notes = practice.notes_in(commission.language)
    if not notes:
        raise ValueError("a practice without notes has no newsletter")
    newest, *others = notes
    _ = wording.gettext
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("{practice}: {title}").format(practice=practice.name, title=newest.title),
            description=newest.description or newest.title,
            keywords=[commission.job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "kicker": _("News for those who refer"),
        "practice": breakable(practice.name),
        "month": wording.month(commission.today),
        "note": _note(newest),
        "also": _note(others[0], top=2) if others else None,
        "turn": _("It goes on overleaf."),
        "niche": practice.niche,
        "openings": {
            "heading": _("Openings"),
            "lines": list(_openings(commission)) or [_("Call for current openings.")],
        },
        "refer": _refer(commission),
        "whom": {
            "heading": _("Refer when"),
            "items": [breakable(reason.label) for reason in reasons_to_tick(practice)],
        },
        "how": {
            "heading": _("How to hand somebody over"),
            "items": [breakable(step) for step in practice.audiences[0].how],
        },
        "talks": {
            "heading": _("Talks for your team"),
            "items": [
                {
                    "title": breakable(one.title),
                    "about": breakable(one.about),
                    "minutes": minutes(commission, one),
                }
                for one in practice.trainings
            ],
        },
        "sender": _sender(commission),
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=(Passage(Place(newest.body.file, ()), newest.body.text),),
    )


def _note(note: Note, top: int = 1) -> dict[str, Any]:
    """The note with its headings from level `top` down."""
    return {
        "title": breakable(note.title),
        "about": breakable(note.description),
        "blocks": blocks_of(note.body.text, top),
    }


def _openings(commission: Commission) -> Iterator[str]:
    """Only what was counted in the last days, each with the day: a letter lies on a desk for weeks."""
    practice = commission.practice
    if are_too_many(practice.clinicians):
        if together := count_openings(practice.clinicians, commission.today):
            yield _say_count(commission, practice.name, *together)
        return
    for clinician in practice.clinicians:
        if found := count_openings((clinician,), commission.today):
            yield _say_count(commission, clinician.name, *found)


def _say_count(commission: Commission, name: str, count: int, on: dt.date) -> str:
    wording = commission.wording
    counted = wording.ngettext(
        "{name}: {count} opening, counted on {day}.",
        "{name}: {count} openings, counted on {day}.",
        count,
    )
    return counted.format(name=breakable(name), count=count, day=wording.day(on))


def _refer(commission: Commission) -> dict[str, Any]:
    contact, wording = commission.practice.contact, commission.wording
    _ = wording.gettext
    code = door_code(commission)
    return {
        "heading": _("To refer somebody"),
        "ways": [
            {"name": _("Phone"), "text": contact.phone.display},
            *([{"name": _("Fax"), "text": contact.fax.display}] if contact.fax else []),
        ],
        "promise": (
            _("{within}: we call the patient.")
            if commission.practice.is_group
            else _("{within}: I call the patient.")
        ).format(within=wording.call_within(commission.practice.promise)),
        "code": code,
        "scan": _("Or scan: the form takes a minute.") if code else "",
    }


def _sender(commission: Commission) -> dict[str, Any]:
    """Who sends it, from which postal address, and how to have it stopped (16 CFR 316 asks it of e-mail)."""
    practice = commission.practice
    _ = commission.wording.gettext
    contact = practice.contact
    stop = (
        _("To stop this letter, call {phone} or write to {email}. It stops at once.").format(
            phone=contact.phone.display, email=contact.email.replace("@", "\u200b@")
        )
        if contact.email
        else _("To stop this letter, call {phone} or write to us. It stops at once.").format(
            phone=contact.phone.display
        )
    )
    return {"lines": [practice.name, *practice.mailing_address.lines], "stop": stop}
