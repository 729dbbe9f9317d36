"""The panels of an office's page, from the top to the bottom.

A room that adds one takes `Panel` from `panel`, not from here: this module imports the rooms.
"""

from __future__ import annotations

from typing import Final

from form_server.desk.gifts.panel import PANEL as GIFTS
from form_server.desk.newsletter.panel import PANEL as NEWSLETTER
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.facts import CODE, FACTS, REACH
from form_server.desk.offices.handouts import PANEL as HANDOUTS
from form_server.desk.offices.panel import Panel, Shown
from form_server.desk.offices.people import PANEL as PEOPLE
from form_server.desk.rounds.history import PANEL as VISITS
from form_server.desk.scorecard.panel import PANEL as CAME
from form_server.desk.stock.panel import PANEL as STOCK
from form_server.desk.thanks.panel import PANEL as THANKS

BESIDE: Final[tuple[Panel, ...]] = (REACH, PEOPLE)
"""What is needed at the door: first on a phone, and beside the rest on a broad screen."""
PANELS: Final[tuple[Panel, ...]] = (
    VISITS,
    STOCK,
    CAME,
    THANKS,
    GIFTS,
    HANDOUTS,
    NEWSLETTER,
    FACTS,
    CODE,
)


def lay_out(panels: tuple[Panel, ...], case: OfficeCase) -> tuple[Shown, ...]:
    """What of these this office has to show, in their order."""
    built = ((panel.template, panel.build(case)) for panel in panels)
    return tuple(Shown(f"desk/{template}", view) for template, view in built if view is not None)
