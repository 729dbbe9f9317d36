"""What the sheets say that the practice itself works by."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views
from outreach_kit.paper.views.visits.elevator_card import view_card
from outreach_kit.paper.views.visits.first_contact import view_first_contact
from outreach_kit.paper.views.visits.team_training import view_training
from outreach_kit.paper.views.visits.visit_sheet import view_visit
from outreach_kit.paper.views.visits.year_calendar import view_calendar

VISITS: Final[Views] = {
    "visit-sheet": view_visit,
    "first-contact-script": view_first_contact,
    "team-training": view_training,
    "year-calendar": view_calendar,
    "elevator-card": view_card,
}
