"""What talks, news, the fax form and the résumé say."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views

TALKS: Final[Views] = {}
