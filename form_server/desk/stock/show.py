"""Stock: who runs low first, and what to print and bring to them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.offices.handouts import press_room
from form_server.desk.page import render_page
from form_server.desk.rounds.drafts import Drafting
from form_server.desk.rounds.week import read_page
from form_server.desk.rounds.wording import say_count
from form_server.desk.stock.bringing import ToPrint, to_print
from form_server.desk.stock.wording import Left, say_stock
from form_server.rounds import Shelves, look_at_shelves
from outreach_kit.outreach.stock import estimate_stock
from outreach_kit.outreach.week import MOST_STOPS

PAGE: Final = 50
_ALL: Final = "all"
_DONE: Final = {
    "counted": "Noted. The estimate goes on from what you counted.",
    "given": "Noted. They have that much more.",
}
_TROUBLES: Final = {
    "nothing": "No number was typed, so nothing was noted.",
    "wrong": "That was no number of pieces, so nothing was noted. Type 0 to 2000.",
}


@dataclass(frozen=True)
class StockRow:
    name: str
    where: str
    href: str
    left: tuple[Left, ...]
    is_low: bool
    was_stocked: bool
    note: str


@dataclass(frozen=True)
class StockPage:
    """`other` leads from the low ones to all, and back; `onward` and `before` may be empty."""

    lead: str
    rows: tuple[StockRow, ...]
    to_print: tuple[ToPrint, ...]
    print: str
    plan: str
    shows_all: bool
    other: str
    onward: str
    before: str
    done: str
    error: str


def show_stock() -> Response:
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    keyring, practice = Keyring.of(desk, user), desk.practice()
    shelves = look_at_shelves(desk.ledger, practice, keyring.inbox_ids, now)
    shows_all = request.args.get("show") == _ALL
    codes = _codes(shelves) if shows_all else shelves.low
    number = read_page(request.args.get("page", ""), len(codes), PAGE)
    done = request.args.get("done", "")
    view = StockPage(
        lead=_lead(len(shelves.low)),
        rows=tuple(
            _row(code, shelves, practice.today(now))
            for code in codes[number * PAGE : (number + 1) * PAGE]
        ),
        to_print=to_print(shelves, press_room(desk), Drafting.of(desk, keyring).clinician),
        print=url_for("desk.print_for_offices"),
        plan=url_for("desk.show_visit_day", office=shelves.low[:MOST_STOPS]),
        shows_all=shows_all,
        other=url_for("desk.show_stock", show=None if shows_all else _ALL),
        onward=_page(number + 1, shows_all=shows_all) if (number + 1) * PAGE < len(codes) else "",
        before=_page(number - 1, shows_all=shows_all) if number else "",
        done=_DONE.get(done, ""),
        error=_TROUBLES.get(done, ""),
    )
    return render_page("stock/list.html", view, title="Stock", signed_in=user)


def _codes(shelves: Shelves) -> list[str]:
    """What is emptiest first, then the others by name."""
    low = set(shelves.low)
    visited = (code for code, card in shelves.cards.items() if card.wants_visits)
    return [*shelves.low, *(code for code in visited if code not in low)]


def _lead(low: int) -> str:
    if not low:
        return "Nobody runs low, by what was left there and what is used."
    return f"{say_count(low, 'office runs', 'offices run')} low, by what was left and what is used."


def _page(number: int, *, shows_all: bool) -> str:
    return url_for(
        "desk.show_stock", show=_ALL if shows_all else None, page=number + 1 if number else None
    )


def _row(code: str, shelves: Shelves, today: date) -> StockRow:
    card, stock = shelves.cards[code], shelves.stock.get(code)
    return StockRow(
        name=card.name,
        where=card.facts.town,
        href=url_for("desk.show_office", code=code),
        left=say_stock(stock or estimate_stock((), (), today), today),
        is_low=any(one.is_low for one in stock or ()),
        was_stocked=stock is not None,
        note=url_for("desk.note_stock", code=code),
    )
