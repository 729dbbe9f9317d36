"""What the sheets say that stay at a front desk or go home."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views

LEAVE: Final[Views] = {}
