"""A morning: the offices in the order of the way, whom to greet, what to bring, what to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.rounds.day import MOST_STOPS, Day
from form_server.desk.rounds.drafts import Draft, Drafting
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.wording import (
    PIECES,
    dial_of,
    say_count,
    say_pieces,
    say_route,
    say_standing,
    say_way,
)
from form_server.rounds import SourceDetail, SourceStanding
from outreach_kit.outreach.follow_up import NUISANCE_DAYS, Standing
from outreach_kit.outreach.nearness import Place, is_distance_known, miles_between
from outreach_kit.outreach.stock import Item
from outreach_kit.outreach.visit_day import CALM, VisitDay
from outreach_kit.outreach.week import NEAR_MILES

_ALSO: Final = 4


@dataclass(frozen=True)
class DayStop:
    """`way` is how far from the stop before; `greet` and `ask_for` are names. `too_soon` warns of a
    visit that would nag. `is_done` says that it was seen today. `earlier` and `later` lead to the
    morning with this stop moved by one, or are empty at its ends."""

    code: str
    name: str
    href: str
    way: str
    address: tuple[str, ...]
    hours: str
    phone: str
    tel: str
    greet: tuple[str, ...]
    ask_for: tuple[str, ...]
    bring: str
    says: str
    is_forgotten: bool
    too_soon: str
    draft: Draft
    log: str
    is_done: bool
    is_next: bool
    leave_out: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Also:
    code: str
    name: str
    says: str


@dataclass(frozen=True)
class DayPage:
    """`by_the_way` leads to the same stops in the order of the way, or is empty where they are so."""

    says: str
    calm: str
    stops: tuple[DayStop, ...]
    day: Day
    by_the_way: str
    pack: tuple[str, ...]
    also: tuple[Also, ...]
    here: str
    print_all: str
    print_plan: str
    week: str
    offices: str


def show_visit_day() -> Response:
    seen = Seen.here()
    asked = Day.of(request.args)
    stops = seen.in_order(asked)
    day = asked.with_codes([one.code for one in stops])
    details = seen.survey.details(day.codes)
    plan = seen.survey.plan_day(day.codes)
    view = DayPage(
        says=_say(seen, stops, plan),
        calm=CALM,
        stops=_stops(seen, stops, details, plan, day),
        day=day,
        by_the_way=url_for("desk.show_visit_day", office=day.codes) if day.is_own else "",
        pack=packed(plan),
        also=_also(seen, stops) if len(stops) < MOST_STOPS else (),
        here=url_for("desk.show_visit_day"),
        print_all=day.link("desk.print_visit_day"),
        print_plan=day.link("desk.print_day_plan"),
        week=url_for("desk.show_outreach"),
        offices=url_for("desk.show_offices"),
    )
    return render_page("rounds/day.html", view, title="A morning of visits", signed_in=seen.user)


def packed(plan: VisitDay) -> tuple[str, ...]:
    """With how many of each; the rest of what is never missing in the bag."""
    offices = len(plan.visits)
    if not offices:
        return ()
    return (
        *(say_count(plan.pack[item], *PIECES[item]) for item in Item),
        say_count(offices, "visit sheet", "visit sheets") + ", and a pen",
        say_count(offices, "one-page guide", "one-page guides"),
        "The elevator card, for the car",
        "The résumé, shown only if they ask",
    )


def address_of(one: SourceStanding) -> tuple[str, ...]:
    facts = one.card.facts
    town = ", ".join(
        part for part in (facts.town, f"{facts.region} {facts.postal_code}".strip()) if part
    )
    return tuple(line for line in (*facts.address, town) if line)


def _say(seen: Seen, stops: Sequence[SourceStanding], plan: VisitDay) -> str:
    shortest, longest = plan.minutes
    way = say_route(seen.start, [one.place for one in stops])
    says = [
        say_count(len(stops), "office", "offices"),
        f"{shortest} to {longest}\u00a0minutes there",
        *([f"{way} to the last"] if way else []),
    ]
    return " · ".join(says)


def _stops(
    seen: Seen,
    stops: Sequence[SourceStanding],
    details: Mapping[str, SourceDetail],
    plan: VisitDay,
    day: Day,
) -> tuple[DayStop, ...]:
    drafting, today = Drafting.of(seen.desk, seen.keyring), seen.survey.today
    done = {one.code for one in stops if one.last and one.last.on == today}
    following = next((code for code in day.codes if code not in done), "")
    befores = (seen.start, *(one.place for one in stops))
    return tuple(
        _stop(
            details[one.code],
            drafting.draft(details[one.code]),
            say_pieces(visit.bring),
            seen,
            day,
            before,
            is_next=bool(done) and one.code == following,
        )
        for one, visit, before in zip(stops, plan.visits, befores, strict=False)
    )


def _stop(
    detail: SourceDetail,
    draft: Draft,
    bring: str,
    seen: Seen,
    day: Day,
    before: Place,
    *,
    is_next: bool,
) -> DayStop:
    one, caller = detail.standing, detail.caller
    facts, since = one.card.facts, one.follow_up.days_since
    is_done = since == 0
    nags = since is not None and 0 < since < NUISANCE_DAYS and not one.follow_up.standing.is_due
    return DayStop(
        code=one.code,
        name=one.name,
        href=url_for("desk.show_office", code=one.code),
        way=say_way(before, one.place),
        address=address_of(one),
        hours=facts.hours,
        phone=facts.phone,
        tel=dial_of(facts.phone),
        greet=caller.front_desk,
        ask_for=caller.others,
        bring=bring,
        says=say_standing(one.follow_up, seen.survey.today),
        is_forgotten=one.follow_up.standing is Standing.FORGOTTEN,
        too_soon=f"You were there {say_count(since, 'day', 'days')} ago. Sooner than {NUISANCE_DAYS} "
        "days nags."
        if since is not None and nags
        else "",
        draft=draft,
        log=day.link("desk.show_visit_form", code=one.code, bring=1),
        is_done=is_done,
        is_next=is_next,
        leave_out=day.with_codes([code for code in day.codes if code != one.code]).link(
            "desk.show_visit_day"
        ),
        earlier=_moved(day, one.code, -1),
        later=_moved(day, one.code, 1),
    )


def _moved(day: Day, code: str, by: int) -> str:
    moved = day.moved(code, by)
    return moved.link("desk.show_visit_day", _anchor=f"stop-{code}") if moved else ""


def _also(seen: Seen, stops: Sequence[SourceStanding]) -> tuple[Also, ...]:
    """Who else is due and lies close to one of the stops, the longest due first."""
    taken = {one.code for one in stops}
    near = (
        one
        for one in seen.survey.due
        if one.code not in taken and any(_is_near(one.place, stop.place) for stop in stops)
    )
    return tuple(
        Also(one.code, one.name, say_standing(one.follow_up, seen.survey.today))
        for one, _ in zip(near, range(_ALSO), strict=False)
    )


def _is_near(one: Place, other: Place) -> bool:
    return is_distance_known(one, other) and miles_between(one, other) <= NEAR_MILES
