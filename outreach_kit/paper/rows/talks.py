"""Talks, news, the fax form and the résumé: what is sent or handed over on request."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import Sheet

TALKS: Final[tuple[Sheet, ...]] = ()
