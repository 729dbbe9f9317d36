"""One card for a print shop: both faces with bleed, and marks to cut by."""

from __future__ import annotations

from typing import Any

from outreach_kit.paper.views.cards.faces import back, front
from outreach_kit.paper.views.frame import Commission, SheetView, frame, passages_of


def view_press_card(commission: Commission) -> SheetView:
    """The card of the job's clinician."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    sheet = commission.job.sheet
    _ = commission.wording.gettext
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Business card: {name}").format(name=clinician.name_and_credentials),
            description=clinician.facts.niche,
            keywords=[commission.practice.name, *clinician.facts.approaches],
        ),
        "trim_mm": sheet.page_mm,
        "bleed_mm": sheet.bleed_mm,
        "lists": {},
        "front": front(commission, clinician),
        "back": back(commission, clinician),
    }
    return SheetView(
        template=sheet.template, data=data, passages=passages_of(commission, clinician)
    )
