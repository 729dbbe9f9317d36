"""A morning of visits: what to print, what to pack and how much of it, and whom to greet by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.stock import WEAR, Item, Stock

CALM: Final = (
    "For them this visit is routine. You are one of many who stop by, and a friendly one: be brief, be "
    "kind, and listen. At the desk: “How is your day going?”"
)
MINUTES: Final = (10, 15)
_SHEETS_EACH: Final = ("visit-sheet", "guide")
_SHEETS_ONCE: Final = ("elevator-card",)
_ONLY_IF_ASKED: Final = "resume"
_SPARE: Final[Mapping[Item, int]] = {Item.CARD: 10, Item.BROCHURE: 5, Item.PAD: 1}
"""For whoever else stands at a desk: an office next door, a second counter."""


@frozen
class Caller:
    """An office to be seen. `front_desk` are the names to greet first, `others` whom to ask for.

    `stock` is what it has; an office that nobody has stocked lacks everything.
    """

    code: str
    name: str
    front_desk: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    stock: Sequence[Stock] = ()
    gets_cookies: bool = False


@frozen
class SheetToPrint:
    """`source` is empty for a sheet that is made once for the whole morning."""

    sheet: str
    source: str
    copies: int = 1
    only_if_asked: bool = False


@frozen
class Visit:
    """One stop; `bring` are pieces, as much as brings this office back to a full stack."""

    code: str
    name: str
    greet: tuple[str, ...]
    ask_for: tuple[str, ...]
    bring: Mapping[Item, int]


@frozen
class VisitDay:
    """`pack` are all pieces with some to spare; `cookies` how many offices get some."""

    visits: tuple[Visit, ...]
    pack: Mapping[Item, int]
    cookies: int
    sheets: tuple[SheetToPrint, ...]
    calm: str
    minutes: tuple[int, int]


def plan_visit_day(callers: Iterable[Caller]) -> VisitDay:
    """In the order given, which is that of the way."""
    there = tuple(callers)
    visits = tuple(
        Visit(one.code, one.name, one.front_desk, one.others, _lacking(one.stock)) for one in there
    )
    pack = {
        item: sum(visit.bring[item] for visit in visits) + (_SPARE[item] if visits else 0)
        for item in Item
    }
    return VisitDay(
        visits=visits,
        pack=pack,
        cookies=sum(one.gets_cookies for one in there),
        sheets=_sheets(visits),
        calm=CALM,
        minutes=(MINUTES[0] * len(visits), MINUTES[1] * len(visits)),
    )


def _lacking(stock: Sequence[Stock]) -> Mapping[Item, int]:
    known = {one.item: one.to_bring for one in stock}
    return {item: known.get(item, WEAR[item].full) for item in Item}


def _sheets(visits: Sequence[Visit]) -> tuple[SheetToPrint, ...]:
    if not visits:
        return ()
    each = [SheetToPrint(sheet, one.code) for one in visits for sheet in _SHEETS_EACH]
    once = [SheetToPrint(sheet, "") for sheet in _SHEETS_ONCE]
    return (*each, *once, SheetToPrint(_ONLY_IF_ASKED, "", only_if_asked=True))
