"""The slip that an office hands to the patient: who calls, from which number, by when, at what cost."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.crisis import not_safe
from outreach_kit.paper.views.frame import (
    PRACTICE_FILE,
    Commission,
    Place,
    SheetView,
    door_code,
    draw_code,
    foot,
    frame,
)
from outreach_kit.paper.views.leave.patient import (
    booking_url,
    fee_of,
    first_call_price,
    first_visit_soon,
    promise,
    ways_to_begin,
)
from outreach_kit.paper.views.leave.saying import passages_among
from outreach_kit.paper.views.sections import plans
from outreach_kit.paper.wording import breakable
from outreach_kit.practice.facts import FeeKind

ROWS: Final = 3
"""A third of a sheet goes into an ordinary long envelope, and its type can be ten points and more."""
SIZES_PT: Final = (10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0)
SYMBOL_MM: Final = 27.0


def view_patient_slip(commission: Commission) -> SheetView:
    """Nothing about a patient stands on it: it is printed before anybody knows for whom."""
    practice, job = commission.practice, commission.job
    _ = commission.wording.gettext
    clinician = commission.clinician
    name = clinician.name if clinician else practice.name
    phone = next(ways_to_begin(commission))
    insurance = plans(commission)
    code, instead = _code(commission)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Slip for the patient: {name}").format(
                name=clinician.name_and_credentials if clinician else practice.name
            ),
            description=_("Who calls, from which number, by when, and what it costs."),
            keywords=[job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": SIZES_PT,
        "rows": ROWS,
        "edge_mm": job.sheet.margin_mm,
        "lists": {"plans": len(insurance["items"])} if insurance["items"] else {},
        "heading": _("{name} will call you").format(name=breakable(name)),
        "practice": breakable(practice.name) if clinician else "",
        "from": {"name": _("From this number"), "text": phone["text"], "href": phone["href"]},
        "when": {"name": _("When"), "lines": _when(commission), "more": [_counted_from(commission)]},
        "cost": {"name": _("What it costs"), "lines": _cost(commission), "more": _if_too_much(commission)},
        "plans": insurance,
        "missed": {
            "name": _("Missed the call?"),
            "lines": [_("Call back."), instead],
        },
        "code": code,
        "not_safe": not_safe(commission),
        "foot": _foot(commission),
    }  # fmt: skip
    return SheetView(
        template=job.sheet.template,
        data=data,
        lists={"plans": Place(PRACTICE_FILE, ("insurance", "plans"))},
        passages=passages_among(commission, "name", "practice.name"),
    )


def _code(commission: Commission) -> tuple[dict[str, Any] | None, str]:
    """The patient's door, else the booking page; and what to do instead of waiting for a call."""
    _ = commission.wording.gettext
    if code := door_code(commission, symbol_mm=SYMBOL_MM):
        return code, _("Or scan and leave a good time.")
    if url := booking_url(commission):
        alt = _("QR code that opens the booking page at {url}").format(url=url)
        return draw_code(url, alt, SYMBOL_MM), _("Or scan and pick a time.")
    return None, _("Leave a message with a good time.")


def _when(commission: Commission) -> list[str]:
    """By when somebody calls, and when the first visit can be."""
    soon = first_visit_soon(commission)
    return [promise(commission), *([soon] if soon else [])]


def _counted_from(commission: Commission) -> str:
    _ = commission.wording.gettext
    if commission.practice.is_group:
        return _("We count from when your office asks us.")
    return _("I count from when your office asks me.")


def _cost(commission: Commission) -> list[str]:
    """What the first call costs, and a visit without insurance."""
    wording = commission.wording
    _ = wording.gettext
    call = first_call_price(commission)
    intake = fee_of(commission, FeeKind.INTAKE)
    session = fee_of(commission, FeeKind.SESSION)
    if intake and session:
        visit = _(
            "Without insurance, the first visit costs {intake} and each one after it {session}."
        ).format(intake=wording.money(intake.price), session=wording.money(session.price))
    elif one := intake or session:
        visit = _("Without insurance, a visit costs {price}.").format(
            price=wording.money(one.price)
        )
    else:
        visit = _("Ask about the cost in the first call.")
    return [call, visit] if call else [visit]


def _if_too_much(commission: Commission) -> list[str]:
    wording = commission.wording
    _ = wording.gettext
    sliding = fee_of(commission, FeeKind.SLIDING)
    if sliding is None:
        return []
    return [
        _("If that is too much, ask. Some visits cost {price}.").format(
            price=wording.money(sliding.price)
        )
    ]


def _foot(commission: Commission) -> list[str]:
    line = foot(commission)
    return [line["source"], commission.practice.name] if line["source"] else line["facts"][:3]
