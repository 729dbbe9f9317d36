"""From a practice to what one sheet says: all decisions are made here, the templates only place them."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.cards import CARDS
from outreach_kit.paper.views.directions import direct
from outreach_kit.paper.views.frame import Commission, Place, SheetView, Views
from outreach_kit.paper.views.guides import GUIDES
from outreach_kit.paper.views.leave import LEAVE
from outreach_kit.paper.views.talks import TALKS
from outreach_kit.paper.views.visits import VISITS

__all__ = ["Commission", "Place", "SheetView", "view_sheet"]

_VIEWS: Final[Views] = {**GUIDES, **LEAVE, **CARDS, **VISITS, **TALKS}


def view_sheet(commission: Commission) -> SheetView:
    """What the commission's sheet says; equal commissions give equal views."""
    view = _VIEWS[commission.job.sheet.name](commission)
    return direct(view) if commission.wording.direction == "rtl" else view
