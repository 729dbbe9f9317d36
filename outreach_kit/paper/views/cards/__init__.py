"""What stands on cards, labels and tents."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views

CARDS: Final[Views] = {}
