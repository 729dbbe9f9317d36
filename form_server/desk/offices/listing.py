"""The book of those who refer: found by a word, sifted, fifty to a page; several ticked to print for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.roles import Right, may
from form_server.desk.offices.several import Several, find_several
from form_server.desk.offices.sifting import Sifting, read_sifting, sift
from form_server.desk.offices.wording import say_count, say_due, say_last, say_where
from form_server.desk.page import render_page
from form_server.ledger import SourceCard
from form_server.rounds import SourceStanding, survey

ON_A_PAGE: Final = 50
_PICKING: Final[dict[str, Any]] = {"pick": 1}
_DONE: Final = {
    "removed": "Taken off the list. What came from there keeps its name, and the code on paper "
    "works on.",
    "none-ticked": "Tick an office first, or take all that were found.",
    "nothing": "All of that was here already, so nothing was changed.",
}


@dataclass(frozen=True)
class OfficeRow:
    code: str
    href: str
    name: str
    where: str
    last: str
    due: str
    sent: str
    tier: str
    is_red: bool
    is_due: bool


@dataclass(frozen=True)
class OfficesPage:
    """`several` is there while offices are ticked; `undo` brings back who was taken off the list."""

    rows: tuple[OfficeRow, ...]
    says: str
    found: int
    count: int
    sifting: Sifting
    several: Several | None
    here: str
    clear: str
    pick: str
    earlier: str
    later: str
    new: str
    take_in: str
    export: str
    doubles: str
    removed: str
    pace: str
    colleagues: str
    done: str
    undo: str


@dataclass(frozen=True)
class RemovedPage:
    rows: tuple[tuple[str, str, str], ...]
    back: str


def show_offices() -> Response:
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    practice = desk.practice()
    every = survey(desk.ledger, practice, Keyring.of(desk, user).inbox_ids, now)
    sifting = read_sifting(request.args)
    found = sift(every.standings, sifting, desk.ledger.address_book.names_of_people)
    last_page = max(0, (len(found) - 1) // ON_A_PAGE)
    page = min(_number(request.args.get("page", "")), last_page)
    shown = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    desk.ledger.audit.note("sources.opened", actor=user.actor, detail=f"shown={len(shown)}")
    asked: dict[str, Any] = dict(sifting.asked)
    picks = bool(request.args.get("pick"))
    picking: dict[str, Any] = _PICKING if picks else {}
    removed = request.args.get("removed", "")

    def way(page: int) -> str:
        return url_for("desk.show_offices", page=page, **picking, **asked)

    view = OfficesPage(
        rows=tuple(_row(one, every.today) for one in shown),
        says=_say(found, len(every.standings), page, sifting),
        found=len(found),
        count=len(every.standings),
        sifting=sifting,
        several=find_several(desk) if picks else None,
        here=url_for("desk.show_offices"),
        clear=url_for("desk.show_offices", **picking),
        pick=url_for(
            "desk.show_offices", page=page or None, **({} if picks else _PICKING), **asked
        ),
        earlier=way(page - 1) if page else "",
        later=way(page + 1) if page < last_page else "",
        new=url_for("desk.new_office"),
        take_in=url_for("desk.show_office_import"),
        export=url_for("desk.export_offices"),
        doubles=url_for("desk.show_doubles"),
        removed=url_for("desk.show_removed_offices"),
        pace=url_for("desk.show_pace") if may(user.user.role, Right.SETTINGS) else "",
        colleagues=url_for("desk.show_colleagues"),
        done=_say_done(),
        undo=url_for("desk.restore_office", code=removed) if removed else "",
    )
    return render_page("offices/list.html", view, title="Offices", signed_in=user)


def show_removed_offices() -> Response:
    """Those that were taken off the list: their pages bring them back."""
    desk, user = the_desk(), signed_in()
    gone = desk.ledger.address_book.all(removed=True)
    view = RemovedPage(tuple(map(_removed_row, gone)), url_for("desk.show_offices"))
    return render_page("offices/removed.html", view, title="Off the list", signed_in=user)


def _removed_row(card: SourceCard) -> tuple[str, str, str]:
    return url_for("desk.show_office", code=card.code), card.name, say_where(card.facts)


def _say_done() -> str:
    done = request.args.get("done", "")
    if done != "imported":
        return _DONE.get(done, "")
    counts = (_number(request.args.get("new", "")), _number(request.args.get("changed", "")))
    return f"Taken in: {counts[0]} new, {counts[1]} changed."


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _say(found: Sequence[SourceStanding], count: int, page: int, sifting: Sifting) -> str:
    """“51 to 100 of 2,000 offices”, with how many there are in all where some are left out."""
    if not found:
        return ""
    first, last = page * ON_A_PAGE + 1, min((page + 1) * ON_A_PAGE, len(found))
    whole = "1 office" if len(found) == 1 else f"{len(found):,} offices"
    if len(found) > ON_A_PAGE:
        whole = f"{first:,} to {last:,} of {whole}"
    return f"{whole}, out of {count:,}" if sifting.leaves_out else whole


def _row(one: SourceStanding, today: date) -> OfficeRow:
    standing, facts = one.follow_up.standing, one.card.facts
    is_red = standing == "forgotten"
    return OfficeRow(
        code=one.code,
        href=url_for("desk.show_office", code=one.code),
        name=one.name,
        where=say_where(facts),
        last=say_last(one),
        due=say_due(one, today),
        sent=say_count(one.tally.referrals),
        tier="" if facts.kind.is_private else f"Tier {one.score.tier.upper()}",
        is_red=is_red,
        is_due=standing.is_due,
    )
