"""What to print for all who run low: pieces, sheets of paper, and the name of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from form_server.desk.offices.several import MOST_OFFICES
from form_server.desk.offices.sheets import list_handouts
from form_server.desk.press_room import PressRoom
from form_server.desk.rounds.wording import PIECES, say_count
from form_server.rounds import Shelves
from outreach_kit.outreach.stock import Item

_SLIPS_A_PAD: Final = 50


@dataclass(frozen=True)
class _Printed:
    """How an item comes out of a printer: `pieces` on a sheet."""

    sheet: str
    pieces: int
    says: str


_PRINTED: Final[Mapping[Item, _Printed]] = {
    Item.CARD: _Printed("business-card", 10, "ten to a sheet"),
    Item.BROCHURE: _Printed("brochure", 1, "one a sheet"),
    Item.PAD: _Printed("referral-pad", 4, "50 slips each, four to a sheet"),
}


@dataclass(frozen=True)
class ToPrint:
    """One item: `sheet` is the name under which the printing room has it, or empty where the
    practice has no such sheet. `codes` are of the offices it is for, the emptiest first, and
    `is_cut` says that the printing room takes no more of them at once."""

    says: str
    paper: str
    sheet: str
    codes: tuple[str, ...]
    is_cut: bool


def to_print(shelves: Shelves, room: PressRoom, own: str) -> tuple[ToPrint, ...]:
    """As much as brings each of them back to a full stack; `own` is the user's clinician, or empty."""
    if not shelves.low:
        return ()
    names = [one.name for group in list_handouts(room) for one in group.handouts]
    return tuple(
        found
        for item, printed in _PRINTED.items()
        if (found := _one(item, shelves, _named(names, f"{printed.sheet}-{room.paper}", own)))
    )


def _one(item: Item, shelves: Shelves, sheet: str) -> ToPrint | None:
    lacking = {
        code: one.to_bring
        for code in shelves.low
        for one in shelves.stock[code]
        if one.item is item and one.to_bring
    }
    if not lacking:
        return None
    codes = tuple(lacking)
    pieces = say_count(sum(lacking.values()), *PIECES[item])
    return ToPrint(
        says=f"{pieces} for {say_count(len(codes), 'office', 'offices')}",
        paper=_paper(item, lacking.values()),
        sheet=sheet,
        codes=codes[:MOST_OFFICES],
        is_cut=len(codes) > MOST_OFFICES,
    )


def _paper(item: Item, lacking: Iterable[int]) -> str:
    """Whole sheets for each office: its code is on them, so none is shared."""
    printed, each = _PRINTED[item], _SLIPS_A_PAD if item is Item.PAD else 1
    sheets = sum(-(-count * each // printed.pieces) for count in lacking)
    return f"{say_count(sheets, 'sheet', 'sheets')}, {printed.says}"


def _named(names: Sequence[str], sheet: str, own: str) -> str:
    """The practice's, or the user's own clinician's, or whoever's comes first; empty for none."""
    there = [name for name in names if name == sheet or name.endswith(f"-{sheet}")]
    return next((name for name in there if name == f"{own}-{sheet}"), there[0] if there else "")
