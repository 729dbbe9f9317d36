"""This week: mornings that can be driven, and everybody who is due, with what to say to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.referral.times import say_day
from form_server.desk.rounds.drafts import Draft, Drafting
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.wording import say_count, say_route, say_standing
from form_server.rounds import SourceDetail, SourceStanding
from outreach_kit.outreach.follow_up import Standing
from outreach_kit.outreach.gifts import Occasion
from outreach_kit.outreach.visit_day import MINUTES
from outreach_kit.outreach.week import Morning

PAGE: Final = 50
_DIGITS: Final = 9
_OCCASIONS: Final = {
    Occasion.JULY_FOURTH: "Cookies for {day}: nobody else brings them then.",
    Occasion.AGAIN: "A year ago there were cookies. Bring some again to {offices}.",
    Occasion.DECEMBER: "No cookies in December: everybody brings some.",
}


@dataclass(frozen=True)
class StopLine:
    name: str
    says: str
    is_forgotten: bool
    href: str


@dataclass(frozen=True)
class MorningCard:
    title: str
    says: str
    stops: tuple[StopLine, ...]
    plan: str


@dataclass(frozen=True)
class DueRow:
    """`standing` is the style of its edge; `low` says that it runs out of something."""

    code: str
    href: str
    name: str
    where: str
    says: str
    is_forgotten: bool
    low: bool
    draft: Draft
    log: str


@dataclass(frozen=True)
class WeekPage:
    """`from_page` counts from 1; `onward` and `before` lead to the neighbouring pages, or are empty."""

    lead: str
    occasions: tuple[str, ...]
    mornings: tuple[MorningCard, ...]
    rows: tuple[DueRow, ...]
    count: int
    plan: str
    next_day: str
    calendar: str
    gifts: str
    onward: str
    before: str


def show_outreach() -> Response:
    seen = Seen.here()
    due = seen.survey.due
    number = read_page(request.args.get("page", ""), len(due))
    shown = due[number * PAGE : (number + 1) * PAGE]
    details = seen.survey.details([one.code for one in shown])
    drafting = Drafting.of(seen.desk, seen.keyring)
    view = WeekPage(
        lead=_lead(due),
        occasions=_occasions(seen),
        mornings=_mornings(seen) if number == 0 else (),
        rows=tuple(
            _row(details[one.code], drafting.draft(details[one.code]), seen) for one in shown
        ),
        count=len(due),
        plan=url_for("desk.show_visit_day"),
        next_day=_next_day(seen),
        calendar=url_for("desk.show_calendar"),
        gifts=url_for("desk.show_gifts"),
        onward=_page(number + 1) if (number + 1) * PAGE < len(due) else "",
        before=_page(number - 1) if number else "",
    )
    return render_page("rounds/week.html", view, title="This week", signed_in=seen.user)


def read_page(asked: str, count: int, size: int = PAGE) -> int:
    """The page asked for, from 0; the first for what is none, the last for one that is past it."""
    last = max(0, (count - 1) // size)
    number = int(asked[:_DIGITS]) if asked.isdecimal() else 0
    return min(number - 1, last) if number > 0 else 0


def _page(number: int) -> str:
    return url_for("desk.show_outreach", page=number + 1 if number else None)


def _lead(due: Sequence[SourceStanding]) -> str:
    if not due:
        return "Nobody is due. Sooner than two months would nag."
    forgotten = sum(one.follow_up.standing is Standing.FORGOTTEN for one in due)
    what = f"{say_count(len(due), 'office is', 'offices are')} due"
    if not forgotten:
        return f"{what}, and none is forgotten."
    return f"{what}, {forgotten} of them not seen for six months."


def _occasions(seen: Seen) -> tuple[str, ...]:
    return tuple(
        _OCCASIONS[one.occasion].format(
            day=say_day(one.on, seen.survey.today),
            offices=say_count(len(one.codes), "office", "offices"),
        )
        for one in seen.survey.gifts
    )


def _mornings(seen: Seen) -> tuple[MorningCard, ...]:
    return tuple(_morning(number, one, seen) for number, one in enumerate(seen.survey.mornings, 1))


def _morning(number: int, morning: Morning, seen: Seen) -> MorningCard:
    stops = morning.stops
    shortest, longest = (minutes * len(stops) for minutes in MINUTES)
    way = say_route(seen.start, [stop.place for stop in stops])
    says = [
        say_count(len(stops), "office", "offices"),
        f"{shortest} to {longest}\u00a0minutes there",
        *([way] if way else []),
    ]
    return MorningCard(
        title=" and ".join(morning.towns[:3]) or f"Morning {number}",
        says=" · ".join(says),
        stops=tuple(
            StopLine(
                stop.name,
                say_standing(seen.survey.by_code[stop.code].follow_up, seen.survey.today),
                stop.is_forgotten,
                url_for("desk.show_office", code=stop.code),
            )
            for stop in stops
        ),
        plan=url_for("desk.show_visit_day", office=[stop.code for stop in stops]),
    )


def _row(detail: SourceDetail, draft: Draft, seen: Seen) -> DueRow:
    one = detail.standing
    return DueRow(
        code=one.code,
        href=url_for("desk.show_office", code=one.code),
        name=one.name,
        where=one.card.facts.town,
        says=say_standing(one.follow_up, seen.survey.today),
        is_forgotten=one.follow_up.standing is Standing.FORGOTTEN,
        low=detail.runs_low,
        draft=draft,
        log=url_for("desk.show_visit_form", code=one.code),
    )


def _next_day(seen: Seen) -> str:
    """When the next office is due, for a page on which nobody is."""
    days = [
        one.follow_up.due_on
        for one in seen.survey.standings
        if one.follow_up.standing is Standing.QUIET and one.follow_up.due_on
    ]
    return say_day(min(days), seen.survey.today) if days else ""
