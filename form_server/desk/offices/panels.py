"""The panels of an office's page, from the top to the bottom.

A room that adds one takes `Panel` from `panel`, not from here: this module imports the rooms.
"""

from __future__ import annotations

from typing import Final

from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel, Shown

PANELS: Final[tuple[Panel, ...]] = ()


def lay_out(case: OfficeCase) -> tuple[Shown, ...]:
    """What this office has to show, in the order of the page."""
    built = ((panel.template, panel.build(case)) for panel in PANELS)
    return tuple(Shown(f"desk/{template}", view) for template, view in built if view is not None)
