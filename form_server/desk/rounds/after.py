"""After a visit was written down: what was kept, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.referral.times import say_date
from form_server.desk.rounds.day import Day
from form_server.desk.rounds.history import Entry, entries
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.visit_form import detail_of
from form_server.desk.rounds.wording import say_standing, say_way
from form_server.ledger import NotFound
from form_server.rounds import SourceStanding
from outreach_kit.outreach.nearness import is_distance_known, miles_between

_NEAR: Final = 3


@dataclass(frozen=True)
class Nearby:
    name: str
    says: str
    href: str


@dataclass(frozen=True)
class AfterPage:
    """`next_stop` is the one that follows in the morning's plan; `near` are others who are due, the
    closest first. `owed` counts thank-yous."""

    name: str
    entry: Entry
    again: str
    next_stop: Nearby | None
    day: str
    near: tuple[Nearby, ...]
    office: str
    week: str


def show_after_visit(code: str) -> Response:
    """Raises NotFound for a visit that is not there, or was taken back."""
    seen = Seen.here()
    detail = detail_of(seen, code)
    standing, wanted = detail.standing, request.args.get("visit", "")
    found = [one for one in seen.desk.ledger.visits.of(standing.code) if one.id == wanted]
    if not found:
        raise NotFound("visit", wanted[:40])
    day = Day.of(request.args)
    due_on = standing.follow_up.due_on
    view = AfterPage(
        name=standing.name,
        entry=entries(seen.desk, seen.keyring, found, seen.survey.today, seen.user.actor)[0],
        again=say_date(due_on) if due_on else "",
        next_stop=_next_stop(seen, standing, day),
        day=day.link("desk.show_visit_day") if day else "",
        near=() if day else _near(seen, standing),
        office=url_for("desk.show_office", code=standing.code),
        week=url_for("desk.show_outreach"),
    )
    return render_page("rounds/after.html", view, title="Visit logged", signed_in=seen.user)


def _next_stop(seen: Seen, here: SourceStanding, day: Day) -> Nearby | None:
    """The first of the morning that nobody has seen today."""
    today = seen.survey.today
    for one in seen.in_order(day):
        if one.code != here.code and not (one.last and one.last.on == today):
            href = day.link("desk.show_visit_form", code=one.code, bring=1)
            return Nearby(one.name, say_way(here.place, one.place), href)
    return None


def _near(seen: Seen, here: SourceStanding) -> tuple[Nearby, ...]:
    known = [
        one
        for one in seen.survey.due
        if one.code != here.code and is_distance_known(here.place, one.place)
    ]
    known.sort(key=lambda one: (miles_between(here.place, one.place), one.code))
    return tuple(
        Nearby(
            one.name,
            f"{say_way(here.place, one.place)} · {say_standing(one.follow_up, seen.survey.today)}",
            url_for("desk.show_visit_form", code=one.code),
        )
        for one in known[:_NEAR]
    )
