"""Ten cards on a sheet of perforated stock, their faces meeting when the sheet is turned."""

from __future__ import annotations

from typing import Any

from outreach_kit.paper.views.cards.faces import back, front
from outreach_kit.paper.views.cards.stocks import CARD_CUTS
from outreach_kit.paper.views.frame import Commission, SheetView, frame, passages_of


def view_business_card(commission: Commission) -> SheetView:
    """The cards of the job's clinician."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    stock = CARD_CUTS[commission.job.paper]
    _ = commission.wording.gettext
    title = _("Business cards: {name}").format(name=clinician.name_and_credentials)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=clinician.facts.niche,
            keywords=[commission.practice.name, *clinician.facts.approaches],
        ),
        "stock": stock.data,
        "lists": {},
        "how": _("{stock}. Print at 100%, both sides, flipped on the long edge.").format(
            stock=stock.name
        ),
        "front": front(commission, clinician),
        "back": back(commission, clinician),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=passages_of(commission, clinician),
    )
