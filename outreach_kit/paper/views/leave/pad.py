"""The referral pad: a slip to write on while the person is still there, and to hand on afterwards."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.frozen import frozen
from outreach_kit.paper.qr import Correction
from outreach_kit.paper.views.crisis import crisis
from outreach_kit.paper.views.frame import (
    Commission,
    SheetView,
    door_code,
    foot,
    frame,
)
from outreach_kit.paper.views.leave.saying import passages_among, reasons, recommendation
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician

SHORT: Final = 60
"""Reasons of no more letters stand in two columns."""


@frozen
class Cut:
    """How a pad is cut from its sheet; `line_mm` is the height of a line to write on."""

    columns: int
    rows: int
    sizes_pt: tuple[float, ...]
    line_mm: float
    symbol_mm: float


CUTS: Final = {
    "referral-pad": Cut(2, 2, (8.25, 8.0, 7.75, 7.5), 7.1, 22.0),
    "referral-pad-2up": Cut(1, 2, (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0), 9.0, 30.0),
}  # fmt: skip


def view_pad(commission: Commission) -> SheetView:
    """The slip for the practice's one clinician, for one of a group, or for whoever of them fits."""
    practice, job = commission.practice, commission.job
    _ = commission.wording.gettext
    clinician = commission.clinician
    name = clinician.name if clinician else practice.name
    title = _("Referral pad: {name}").format(
        name=clinician.name_and_credentials if clinician else practice.name
    )
    cut = CUTS[job.sheet.name]
    choices = _choices(commission, clinician)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=_("Slips to write a referral on, with the number to call."),
            keywords=[job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": cut.sizes_pt,
        "pieces": {"columns": cut.columns, "rows": cut.rows},
        "line_mm": cut.line_mm,
        "edge_mm": job.sheet.margin_mm,
        "lists": {},
        "heading": _("Referral"),
        "to": _("to"),
        "name": breakable(name),
        "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
        "practice": breakable(practice.name) if clinician else "",
        "call": {
            "heading": _("Please call"),
            "name": _("Name"),
            "phone": _("Phone"),
            "times": _("Good times"),
            "boxes": [_("Agreed to be called"), _("Voicemail is fine"), _("Texts are fine")],
        },
        "choices": choices,
        "by": {
            "heading": _("Sent by"),
            "name": _("Your name"),
            "office": place[:1].upper() + place[1:]
            if (place := commission.audience.place)
            else _("Office"),
            "phone": _("Phone"),
            "source": breakable(job.source.name) if job.source else "",
        },
        "say": {
            "heading": _("Say it like this"),
            "sentence": recommendation(commission),
        },
        "doors": _doors(commission),
        "code": door_code(commission, symbol_mm=cut.symbol_mm, correction=Correction.Q),
        "crisis": crisis(commission),
        "foot": _foot(commission),
    }
    return SheetView(
        template=job.sheet.template,
        data=data,
        passages=passages_among(commission, "name", "credentials", "recommend", "practice.name"),
    )


def _choices(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    """What to tick: one clinician's reasons, or which of a group's clinicians it is for.

    `without` are the captions of the lines to write on where there is no room for boxes.
    """
    _ = commission.wording.gettext
    if clinician:
        items = reasons(commission)
        return {
            "heading": _("What it is about"),
            "items": items,
            "columns": 2 if max(map(len, items)) <= SHORT else 1,
            "other": _("Other"),
            "without": ["", ""],
        }
    return {
        "heading": _("For"),
        "items": [
            breakable(one.name) for one in commission.practice.clinicians_for(commission.audience)
        ]
        + [_("Whoever fits best")],
        "columns": 0,
        "other": _("What it is about"),
        "without": ["", _("What it is about")],
    }


def _foot(commission: Commission) -> list[str]:
    """Where the practice is, or for which office the pad was made: a slip has one line for it."""
    line = foot(commission)
    return [line["source"], commission.practice.name] if line["source"] else line["facts"][:3]


def _doors(commission: Commission) -> list[dict[str, str]]:
    """Each way to hand over, by name; none is better than another."""
    contact = commission.practice.contact
    _ = commission.wording.gettext
    phone = contact.phone
    doors = [{"name": _("Call"), "text": phone.display, "href": phone.href}]
    if contact.fax is not None:
        doors.append({"name": _("Fax"), "text": contact.fax.display, "href": ""})
    code = door_code(commission)
    if code is not None:
        doors.append({"name": _("Scan"), "text": code["text"], "href": code["url"]})
    return doors
