"""What stays at a front desk and goes home with the people it is for."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import Sheet

LEAVE: Final[tuple[Sheet, ...]] = ()
