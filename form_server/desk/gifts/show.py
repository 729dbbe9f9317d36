"""The page of gifts: the year's calendar, what each person was given, and every gift."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.gifts.finding import LONGEST, MOST_FOUND, find_named
from form_server.desk.gifts.money import say_cents
from form_server.desk.gifts.rows import GiftRow, SumRow, list_gifts, list_sums
from form_server.desk.offices.handouts import press_room, refuse_printing
from form_server.desk.page import render_page
from form_server.desk.replies.letter import pdf_response
from form_server.rounds import Taker, gift_sums, list_takers
from outreach_kit.errors import HandoffError
from outreach_kit.outreach.gifts import Occasion, Suggestion, caution_line, plan_year, suggest_gifts
from outreach_kit.paper import plan_sheets

PAGE: Final = 50
_NAMED: Final = 4
_FIRST_YEAR: Final = 2000
_OCCASIONS: Final[Mapping[Occasion, str]] = {
    Occasion.JULY_FOURTH: "Cookies for July 4, when nobody else brings them",
    Occasion.AGAIN: "Cookies again, a year after the last",
    Occasion.DECEMBER: "No gifts: everybody brings some then",
}
_DONE: Final = {"removed": "Taken out. The record keeps that it was there."}


@dataclass(frozen=True)
class Found:
    name: str
    href: str


@dataclass(frozen=True)
class Turn:
    """A line of the calendar; `more` counts the names that have no room."""

    when: str
    what: str
    offices: tuple[Found, ...]
    more: int
    is_no: bool


@dataclass(frozen=True)
class GiftsPage:
    """`found` is None until somebody looked for an office."""

    year: int
    is_this_year: bool
    earlier: str
    later: str
    words: str
    longest: int
    found: tuple[Found, ...] | None
    turns: tuple[Turn, ...]
    calendar: str
    sums: tuple[SumRow, ...]
    more_sums: int
    line: str
    is_line_known: bool
    gifts: tuple[GiftRow, ...]
    older: str
    newest: str
    done: str


def show_gifts() -> Response:
    desk, user = the_desk(), signed_in()
    today = desk.practice().today(desk.clock())
    year, start = _year(today), _number("from")
    takers = list_takers(desk.ledger)
    words = request.args.get("office", "")[:LONGEST]
    gifts = desk.ledger.gifts.in_year(year)
    names = {one.code: one.name for one in takers}
    gone = {one.gift.source for one in gifts} - names.keys()
    names |= {code: one.name for code, one in desk.ledger.address_book.some(list(gone)).items()}
    sums = list_sums(desk.ledger, gift_sums(desk.ledger, year), names)
    cents, is_known = caution_line(year)
    view = GiftsPage(
        year=year,
        is_this_year=year == today.year,
        earlier=url_for("desk.show_gifts", year=year - 1),
        later=url_for("desk.show_gifts", year=year + 1) if year < today.year else "",
        words=words,
        longest=LONGEST,
        found=_find(words, takers) if words.strip() else None,
        turns=_turns(takers, today),
        calendar=url_for("desk.print_calendar"),
        sums=sums[:PAGE],
        more_sums=max(0, len(sums) - PAGE),
        line=say_cents(cents),
        is_line_known=is_known,
        gifts=list_gifts(desk.ledger, gifts[start : start + PAGE], names, today),
        older=_page(year, start + PAGE) if len(gifts) > start + PAGE else "",
        newest=_page(year, 0) if start else "",
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("gifts/gifts.html", view, title="Gifts", signed_in=user)


def print_calendar() -> Response:
    """A year of visits and cookies on one page, with a box for every office."""
    room = press_room(the_desk())
    try:
        (job, *_) = plan_sheets(room.practice, papers=[room.paper], only="year-calendar")
        return pdf_response(room.print(job), job.filename)
    except HandoffError as error:
        return refuse_printing(error)


def _find(words: str, takers: Sequence[Taker]) -> tuple[Found, ...]:
    return tuple(_link(one) for one in find_named(words, takers)[:MOST_FOUND])


def _turns(takers: Sequence[Taker], today: date) -> tuple[Turn, ...]:
    """When July 4 is near, with whom it is still owed."""
    by_code = {one.code: one for one in takers}
    near = [one for one in suggest_gifts(takers, today) if one.occasion is Occasion.JULY_FOURTH]
    ahead = [
        one
        for one in plan_year(takers, today)
        if not (near and one.occasion is Occasion.JULY_FOURTH)
    ]
    return tuple(
        [_turn(one, by_code, today, is_named=True) for one in near]
        + [_turn(one, by_code, today, is_named=one.occasion is Occasion.AGAIN) for one in ahead]
    )


def _turn(one: Suggestion, by_code: Mapping[str, Taker], today: date, *, is_named: bool) -> Turn:
    codes = one.codes if is_named else ()
    return Turn(
        when=_when(one, today),
        what=_OCCASIONS[one.occasion],
        offices=tuple(_link(by_code[code]) for code in codes[:_NAMED]),
        more=max(0, len(codes) - _NAMED),
        is_no=one.is_discouraged,
    )


def _when(one: Suggestion, today: date) -> str:
    """“July 4”, “November”, “January 2027”; what is due by now is due now."""
    month = calendar.month_name[one.on.month]
    year = "" if one.on.year == today.year else f" {one.on.year}"
    if one.occasion is Occasion.JULY_FOURTH:
        return f"{month} {one.on.day}{year and f',{year}'}"
    return "Now" if one.on == today else f"{month}{year}"


def _link(one: Taker) -> Found:
    return Found(one.name, url_for("desk.show_office_gifts", code=one.code))


def _page(year: int, start: int) -> str:
    values = {"year": str(year), "from": str(start)} if start else {"year": str(year)}
    return f"{url_for('desk.show_gifts')}?{urlencode(values)}#gifts"


def _year(today: date) -> int:
    year = _number("year")
    return year if _FIRST_YEAR <= year <= today.year else today.year


def _number(name: str) -> int:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
