"""Cards, labels and tents: measured to the hundredth of an inch."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import Sheet

CARDS: Final[tuple[Sheet, ...]] = ()
