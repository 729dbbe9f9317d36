"""The poster beside the front desk: read from two metres, scanned from one."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.crisis import not_safe
from outreach_kit.paper.views.frame import (
    Commission,
    SheetView,
    door_code,
    foot,
    frame,
)
from outreach_kit.paper.views.leave.patient import (
    first_call_price,
    promise,
    ways_to_begin,
)
from outreach_kit.paper.views.leave.saying import passages_among, recommendation
from outreach_kit.paper.wording import breakable

SIZES_PT: Final = (22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.0)
"""A capital of 16 pt is 3.9 mm high: at two metres that is the line that 20/40 eyes read."""
SYMBOL_MM: Final = 58.0
"""A code is read from ten times its side: half a metre, an arm's length over a counter."""


def view_poster(commission: Commission) -> SheetView:
    """The poster for the practice's one clinician, for one of a group, or for the whole group."""
    practice, job = commission.practice, commission.job
    _ = commission.wording.gettext
    clinician = commission.clinician
    niche = clinician.facts.niche if clinician else practice.niche
    phone = next(ways_to_begin(commission))
    code = door_code(commission, symbol_mm=SYMBOL_MM)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Poster: {name}").format(
                name=clinician.name_and_credentials if clinician else practice.name
            ),
            description=niche,
            keywords=[job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "practice": breakable(practice.name) if clinician else practice.address.lines[-1],
        "heading": _("You do not have to carry this alone."),
        "name": breakable(clinician.name if clinician else practice.name),
        "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
        "portrait": portrait_drawing(clinician, practice.name) if clinician else None,
        "niche": niche,
        "call": {"heading": _("Call"), "text": phone["text"], "href": phone["href"]},
        "price": first_call_price(commission),
        "else": _("Nobody there? Leave a message.")
        if code is None
        else _("Or scan and leave your number."),
        "promise": promise(commission),
        "code": code,
        "not_safe": not_safe(commission),
        "staff": {
            "heading": _("At the desk, say"),
            "sentence": recommendation(commission),
        },
        "foot": foot(commission),
    }
    return SheetView(
        template=job.sheet.template,
        data=data,
        passages=passages_among(
            commission,
            "name",
            "credentials",
            "niche",
            "recommend",
            "practice.name",
            "practice.niche",
        ),
    )
