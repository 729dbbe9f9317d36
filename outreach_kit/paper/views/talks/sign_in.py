"""The list that goes round at a talk: who was there, in which role, and who wants the letter."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.frame import Commission, SheetView, foot, frame
from outreach_kit.paper.views.talks.parts import place, speaker
from outreach_kit.paper.wording import breakable

ROW_MM: Final = 9.5
"""As much as a hand writes in, on a clipboard."""


def view_sign_in(commission: Commission) -> SheetView:
    """For the job's training; as many lines as the page holds."""
    practice, training, talk = commission.practice, commission.training, commission.job.talk
    _ = commission.wording.gettext
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Who was there: {talk}, with {name}").format(
                talk=training.title, name=speaker(commission)
            ),
            description=_("A list to sign at a talk, with room for an e-mail address."),
            keywords=[commission.job.sheet.name, practice.name],
        ),
        "lists": {},
        "row_mm": ROW_MM,
        "kicker": _("Who was there"),
        "practice": breakable(practice.name),
        "title": breakable(training.title),
        "by": _("With {name}").format(name=speaker(commission)),
        "when": [
            {"label": _("Day"), "text": commission.wording.day(talk.on) if talk.on else ""},
            {"label": _("Place"), "text": place(commission)},
        ],
        "columns": [_("Name"), _("Role"), _("E-mail, if you want our letter")],
        "notes": [
            _("The letter comes four times a year at most, and stops when you say so."),
            _("Please write no patient’s name on this sheet."),
        ],
        "foot": foot(commission),
    }
    return SheetView(template=commission.job.sheet.template, data=data)
