"""What the sheets say that the practice itself works by."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views
from outreach_kit.paper.views.visits.elevator_card import view_card

VISITS: Final[Views] = {"elevator-card": view_card}
