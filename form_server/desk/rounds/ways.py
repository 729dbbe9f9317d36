"""The addresses of this week, of a morning, of visits, and of one's own calendar."""

from __future__ import annotations

from typing import Final

from form_server.desk.rounds.after import show_after_visit
from form_server.desk.rounds.calendar import make_calendar, revoke_calendar, show_calendar
from form_server.desk.rounds.history import show_visits
from form_server.desk.rounds.logging import log_visit, remove_visit
from form_server.desk.rounds.paper import print_day_plan, print_visit_day
from form_server.desk.rounds.route import show_visit_day
from form_server.desk.rounds.visit_form import show_visit_form
from form_server.desk.rounds.week import show_outreach
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/outreach", show_outreach),
    Way("/outreach/day", show_visit_day),
    Way("/outreach/day.pdf", print_visit_day),
    Way("/outreach/day-plan.pdf", print_day_plan),
    Way("/outreach/calendar", show_calendar),
    Way("/outreach/calendar", make_calendar, POST),
    Way("/outreach/calendar/revoke", revoke_calendar, POST),
    Way("/outreach/visits/<code>", show_visits),
    Way("/outreach/visits/<code>/new", show_visit_form),
    Way("/outreach/visits/<code>/new", log_visit, POST),
    Way("/outreach/visits/<code>/logged", show_after_visit),
    Way("/outreach/visits/<code>/<visit_id>/remove", remove_visit, POST),
)
