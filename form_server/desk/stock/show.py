"""Stock: who runs low first, and what to print and bring to them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.offices.handouts import press_room
from form_server.desk.offices.several import MOST_OFFICES
from form_server.desk.offices.sheets import list_handouts
from form_server.desk.page import render_page
from form_server.desk.rounds.drafts import Drafting
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.week import read_page
from form_server.desk.rounds.wording import PIECES, say_count, say_standing
from form_server.desk.stock.wording import Left, say_stock, was_stocked
from form_server.rounds import SourceDetail
from outreach_kit.outreach.stock import WEAR, Item, Stock

PAGE: Final = 50
_ALL: Final = "all"
_SHEETS: Final[Mapping[Item, tuple[str, int, str]]] = {
    Item.CARD: ("business-card", 10, "ten to a sheet"),
    Item.BROCHURE: ("brochure", 1, "one a sheet"),
    # A pad has 50 slips, and four of them are one sheet.
    Item.PAD: ("referral-pad", 0, "50 slips each, four to a sheet"),
}
_PAD_SHEETS: Final = 12.5
_DONE: Final = {
    "counted": "Noted. The estimate goes on from what you counted.",
    "given": "Noted. They have that much more.",
    "nothing": "No number was typed, so nothing was noted.",
    "wrong": "That was no number of pieces, so nothing was noted. Type 0 to 2000.",
}
TROUBLES: Final = frozenset({"nothing", "wrong"})


@dataclass(frozen=True)
class StockRow:
    code: str
    name: str
    where: str
    href: str
    left: tuple[Left, ...]
    is_low: bool
    was_stocked: bool
    says: str
    plan: str
    note: str


@dataclass(frozen=True)
class ToPrint:
    """One item for all who run low: `sheet` is the name under which the printing room has it, or
    empty where the practice has no such sheet; `codes` are of the offices that it is for."""

    says: str
    paper: str
    sheet: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class StockPage:
    lead: str
    rows: tuple[StockRow, ...]
    to_print: tuple[ToPrint, ...]
    most: int
    print: str
    plan: str
    shows_all: bool
    other: str
    onward: str
    before: str
    done: str
    error: str


def show_stock() -> Response:
    seen = Seen.here()
    low = seen.survey.running_low()
    shows_all = request.args.get("show") == _ALL
    codes = _codes(seen, low, shows_all=shows_all)
    number = read_page(request.args.get("page", ""), len(codes), PAGE)
    shown = codes[number * PAGE : (number + 1) * PAGE]
    details = seen.survey.details(shown)
    done = request.args.get("done", "")
    view = StockPage(
        lead=_lead(len(low)),
        rows=tuple(_row(details[code], seen) for code in shown if code in details),
        to_print=_to_print(seen, low),
        most=MOST_OFFICES,
        print=url_for("desk.print_for_offices"),
        plan=url_for("desk.show_visit_day", office=_emptiest(low)[:6]) if low else "",
        shows_all=shows_all,
        other=url_for("desk.show_stock", show=None if shows_all else _ALL),
        onward=_page(number + 1, shows_all=shows_all) if (number + 1) * PAGE < len(codes) else "",
        before=_page(number - 1, shows_all=shows_all) if number else "",
        done="" if done in TROUBLES else _DONE.get(done, ""),
        error=_DONE[done] if done in TROUBLES else "",
    )
    return render_page("stock/list.html", view, title="Stock", signed_in=seen.user)


def _codes(seen: Seen, low: Mapping[str, tuple[Stock, ...]], *, shows_all: bool) -> list[str]:
    """What is emptiest first; then, when all are asked for, the others by name."""
    first = _emptiest(low)
    if not shows_all:
        return first
    others = (
        one.code for one in seen.survey.standings if one.card.wants_visits and one.code not in low
    )
    return [*first, *others]


def _emptiest(low: Mapping[str, tuple[Stock, ...]]) -> list[str]:
    def fullness(code: str) -> float:
        return sum(one.left / WEAR[one.item].full for one in low[code])

    return sorted(low, key=lambda code: (fullness(code), code))


def _lead(low: int) -> str:
    if not low:
        return "Nobody runs low, by what was left there and what is used."
    return f"{say_count(low, 'office runs', 'offices run')} low, by what was left and what is used."


def _page(number: int, *, shows_all: bool) -> str:
    return url_for(
        "desk.show_stock", show=_ALL if shows_all else None, page=number + 1 if number else None
    )


def _row(detail: SourceDetail, seen: Seen) -> StockRow:
    one = detail.standing
    return StockRow(
        code=one.code,
        name=one.name,
        where=one.card.facts.town,
        href=url_for("desk.show_office", code=one.code),
        left=say_stock(detail.stock, seen.survey.today),
        is_low=detail.runs_low,
        was_stocked=was_stocked(detail.stock),
        says=say_standing(one.follow_up, seen.survey.today),
        plan=url_for("desk.show_visit_day", office=[one.code]),
        note=url_for("desk.note_stock", code=one.code),
    )


def _to_print(seen: Seen, low: Mapping[str, tuple[Stock, ...]]) -> tuple[ToPrint, ...]:
    """As much as brings each of them back to a full stack."""
    if not low:
        return ()
    room = press_room(seen.desk)
    names = [one.name for group in list_handouts(room) for one in group.handouts]
    own = Drafting.of(seen.desk, seen.keyring).clinician
    found = []
    for item, (sheet, _, how) in _SHEETS.items():
        needing = {code: _need(stock, item) for code, stock in low.items()}
        codes = tuple(code for code, count in needing.items() if count)
        count = sum(needing.values())
        if count:
            printed = _named(names, f"{sheet}-{room.paper}", own)
            offices = say_count(len(codes), "office", "offices")
            says = f"{say_count(count, *PIECES[item])} for {offices}"
            found.append(ToPrint(says, _paper(item, needing, how), printed, codes[:MOST_OFFICES]))
    return tuple(found)


def _named(names: Sequence[str], sheet: str, own: str) -> str:
    """The practice's, or the user's own clinician's, or whoever's comes first; empty for none."""
    there = [name for name in names if name == sheet or name.endswith(f"-{sheet}")]
    return next((name for name in there if name == f"{own}-{sheet}"), there[0] if there else "")


def _need(stock: tuple[Stock, ...], item: Item) -> int:
    return next((one.to_bring for one in stock if one.item is item), 0)


def _paper(item: Item, needing: Mapping[str, int], how: str) -> str:
    """Sheets, each office's own: its code is on them, so none is shared."""
    each = _SHEETS[item][1]
    if each:
        sheets = sum(-(-count // each) for count in needing.values())
    else:
        sheets = sum(-(-int(count * 2 * _PAD_SHEETS) // 2) for count in needing.values())
    return f"{say_count(sheets, 'sheet', 'sheets')}, {how}"
