"""What the sheets say that tell an office whom to send."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views
from outreach_kit.paper.views.guides.guide import view_guide
from outreach_kit.paper.views.guides.profile import view_profile

GUIDES: Final[Views] = {"guide": view_guide, "niche-profile": view_profile}
