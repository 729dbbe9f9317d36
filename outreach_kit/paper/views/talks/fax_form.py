"""The fax-back referral form: the six facts of the form online, for an office that works by fax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from outreach_kit.brand import black_and_white, palette
from outreach_kit.paper.fields import FormField
from outreach_kit.paper.views.crisis import crisis
from outreach_kit.paper.views.crowd import are_too_many, reasons_to_tick
from outreach_kit.paper.views.frame import (
    Commission,
    Place,
    SheetView,
    clinician_file,
    door_code,
    foot,
    frame,
    passages_of,
)
from outreach_kit.paper.wording import BREAK_HERE, breakable
from outreach_kit.practice import Clinician, ReferWhen

SIZES_PT: Final = (13.5, 13.0, 12.5, 12.0, 11.5, 11.0)
"""Standard fax has 98 lines to the inch; below this its letters run into each other."""


def view_fax_form(commission: Commission) -> SheetView:
    """The form to the practice's one clinician, to one of a group, or to the whole group."""
    practice, clinician = commission.practice, commission.clinician
    if practice.contact.fax is None:
        raise ValueError("a practice without a fax number has no fax form")
    _ = commission.wording.gettext
    whom = clinician.name_and_credentials if clinician else practice.name
    reasons = _reasons(commission, clinician)
    title = _("Referral by fax: {name}").format(name=whom)
    data: dict[str, Any] = {
        "frame": {
            **frame(
                commission,
                title=title,
                description=_("The six facts of a referral, on one page that goes by fax."),
                keywords=[commission.job.sheet.name, practice.name, practice.address.city],
            ),
            "palette": asdict(black_and_white(palette(practice.brand))),
        },
        "sizes_pt": SIZES_PT,
        "lists": {"reasons": len(reasons)},
        "box": _("Box to tick"),
        "kicker": _("Referral to"),
        "confidential": _("Confidential."),
        "to": {
            "label": _("Fax to"),
            "number": practice.contact.fax.display,
            "name": breakable(whom),
            "practice": breakable(practice.name) if clinician else "",
            "notes": [
                _("Phone {number}").format(number=practice.contact.phone.display),
                _("One page. No cover sheet needed."),
            ],
        },
        "code": _code(commission),
        "you": _you(commission),
        "patient": _patient(commission),
        "reason": {
            "heading": _("The reason"),
            "hint": _("Tick all that fit."),
            "items": [_tick(f"reasons-{one.slug}", one.label) for one in reasons],
            "other": _tick("reasons-other", _("Something else")),
            "which": _blank("reasons-text", _("Something else")),
            "agreed": _tick("patient_agreed", _("The patient agreed that we may contact them")),
        },
        "more": _more(commission),
        "never": {
            "heading": _("Please leave out"),
            "text": _(
                "Social Security number, date of birth, address, member ID, diagnosis, medications, "
                "records. We never ask for these."
            ),
        },
        "next": {"heading": _("What happens next"), "lines": _next(commission)},
        "crisis": crisis(commission),
        "notice": _(
            "This page is confidential and meant for {name} alone. If it reached you by mistake, "
            "please call {phone} and destroy it."
        ).format(name=practice.name, phone=practice.contact.phone.display),
        "foot": _foot(commission),
    }
    whose = clinician or practice.clinicians[0]
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={"reasons": Place(clinician_file(whose), ("refer_when",))},
        passages=passages_of(commission, clinician),
        fields=dict(_fields(data)),
    )


def _reasons(commission: Commission, clinician: Clinician | None) -> tuple[ReferWhen, ...]:
    """Without “something else”, which has room to write."""
    return clinician.facts.refer_when if clinician else reasons_to_tick(commission.practice)


def _blank(field: str, label: str, text: str = "") -> dict[str, str]:
    """A place to write; `field` is its name on the form online. It is none where `text` is known."""
    return {"field": "" if text else field, "label": breakable(label), "text": breakable(text)}


def _tick(field: str, label: str) -> dict[str, str]:
    return {"field": field, "label": breakable(label), "kind": "tick"}


def _fields(part: Any) -> Iterator[tuple[str, FormField]]:
    """Every place to write and box to tick in the data, so that the form can be typed as well."""
    if isinstance(part, dict):
        if name := part.get("field"):
            label = part["label"].replace(BREAK_HERE, "")
            yield name, FormField(label, is_tick=part.get("kind") == "tick")
        for inner in part.values():
            yield from _fields(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _fields(inner)


def _code(commission: Commission) -> dict[str, Any] | None:
    code = door_code(commission)
    if code is None:
        return None
    _ = commission.wording.gettext
    return {**code, "note": _("Or scan this")}


def _you(commission: Commission) -> dict[str, Any]:
    """What the sheet already knows of the office stands in its place."""
    _ = commission.wording.gettext
    source = commission.job.source
    return {
        "heading": _("You"),
        "cells": [
            _blank("referrer_name", _("Your name")),
            _blank("referrer_phone", _("Your callback number")),
            _blank(
                "referrer_office",
                _("Your office or organization"),
                source.name if source else "",
            ),
        ],
    }


def _patient(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    whom = None
    everybody = commission.practice.clinicians
    named = () if are_too_many(everybody) else everybody
    if commission.clinician is None and named:
        whom = {
            "label": _("For whom?"),
            "items": [
                _tick("clinician", _("Whoever fits best")),
                *(_tick(f"clinician-{one.slug}", one.name) for one in named),
            ],
        }
    return {
        "heading": _("Your patient"),
        "cells": [
            _blank("patient_name", _("Patient’s name")),
            _blank("patient_phone", _("Patient’s phone")),
        ],
        "whom": whom,
    }


def _more(commission: Commission) -> dict[str, Any]:
    """What may help and is never required; a permission that is not ticked is a no."""
    _ = commission.wording.gettext
    return {
        "heading": _("If it helps"),
        "ticks": [
            _tick("voicemail_ok", _("We may leave a voicemail")),
            _tick("text_ok", _("We may send a text message")),
        ],
        "time": _blank("best_time", _("Best time to call")),
        "back": _blank("referrer_fax", _("Reply by fax to")),
        "came": _tick(
            "attendance_consent", _("The patient agreed that you may learn whether they came")
        ),
    }


def _next(commission: Commission) -> list[str]:
    wording, practice = commission.wording, commission.practice
    _ = wording.gettext
    within = wording.call_within(practice.promise)
    call = _("{within}: I call the patient.") if commission.clinician else (
        _("{within}: we call the patient.")
    )  # fmt: skip
    lines = [call.format(within=within)]
    if seen := wording.seen_within(practice.promise):
        lines.append(_("{within}: a first appointment.").format(within=seen))
    return lines


def _foot(commission: Commission) -> dict[str, Any]:
    """Without the practice's name, which stands at the head and in the notice."""
    whole = foot(commission)
    return {**whole, "facts": whole["facts"][1:]}
