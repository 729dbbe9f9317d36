"""From a practice to what one sheet says: all decisions are made here, the templates only place them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from outreach_kit.paper.views.card import view_card
from outreach_kit.paper.views.frame import Commission, Place, SheetView
from outreach_kit.paper.views.guide import view_guide
from outreach_kit.paper.views.profile import view_profile

__all__ = ["Commission", "Place", "SheetView", "view_sheet"]

_VIEWS: Final[Mapping[str, Callable[[Commission], SheetView]]] = {
    "guide": view_guide,
    "niche-profile": view_profile,
    "elevator-card": view_card,
}


def view_sheet(commission: Commission) -> SheetView:
    """What the commission's sheet says; equal commissions give equal views."""
    return _VIEWS[commission.job.sheet.name](commission)
