"""The board of openings: read at a glance, counted anew by a tap on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_day
from form_server.desk.team.board_rows import name_language, say_where, to_room
from form_server.desk.team.crew import short_name
from form_server.desk.team.typed_openings import TypedRefused, read_count, read_day, read_opening
from form_server.ledger import Opening
from outreach_kit.outreach.capacity import Figure, figure_of
from outreach_kit.practice import Clinician
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS

_MOST: Final = 99
_DONE: Final = {
    "counted": "Counted. The website follows within a minute.",
    "removed": "Taken off the board.",
}


@dataclass(frozen=True)
class BoardRow:
    """`first_on` is ISO 8601, or empty; a stale row is shown as needing a count, not as openings."""

    id: str
    what: str
    count: int
    first_on: str
    first_says: str
    as_of: str
    is_stale: bool
    change: str


@dataclass(frozen=True)
class BoardPart:
    """One clinician's rows; `public` is what the website says, and `folder` where that comes from.

    `count` is what a first count begins with.
    """

    slug: str
    name: str
    public: str
    folder: str
    is_stale: bool
    count: int
    rows: tuple[BoardRow, ...]
    confirm: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Board:
    parts: tuple[BoardPart, ...]
    clinicians: tuple[Option, ...]
    plans: tuple[str, ...]
    languages: tuple[Option, ...]
    sites: tuple[str, ...]
    add: str
    fresh_days: int
    today: str
    typed: Mapping[str, str]
    error: str
    done: str


def show_openings() -> Response:
    return _render(done=_DONE.get(request.args.get("done", ""), ""))


def add_opening() -> Response:
    """A row for one clinician, site, plan and language; the same one again is counted anew."""
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    try:
        new = read_opening(request.form, practice, practice.today(desk.clock()))
    except TypedRefused as refused:
        return _render(error=str(refused), typed=request.form.to_dict())
    desk.ledger.openings.put(new, user_id=user.user.id)
    return go_to(url_for("desk.show_openings", done="counted"))


def count_opening(opening_id: str) -> Response:
    """One more, one fewer, a number that was typed, or off the board; raises NotFound."""
    desk, user = the_desk(), signed_in()
    found = desk.ledger.openings.get(opening_id)
    today = desk.practice().today(desk.clock())
    step = request.form.get("step", "")
    if step == "remove":
        desk.ledger.openings.remove(found.id, user_id=user.user.id)
        return go_to(url_for("desk.show_openings", done="removed"))
    try:
        counted = _counted(found, step, today)
    except TypedRefused as refused:
        return _render(error=str(refused))
    desk.ledger.openings.recount([counted], user_id=user.user.id)
    return go_to(url_for("desk.show_openings", done="counted", _anchor=found.clinician))


def confirm_openings() -> Response:
    """“Still right today”, for all rows of one clinician."""
    desk, user = the_desk(), signed_in()
    today = desk.practice().today(desk.clock())
    whose = request.form.get("clinician", "")
    rows = [one for one in desk.ledger.openings.all() if one.clinician == whose]
    counted = [replace(one, as_of_on=today) for one in rows]
    desk.ledger.openings.recount(counted, user_id=user.user.id)
    return go_to(url_for("desk.show_openings", done="counted", _anchor=whose))


def _counted(found: Opening, step: str, today: dt.date) -> Opening:
    if step in {"1", "-1"}:
        count = min(max(found.count + int(step), 0), _MOST)
        return replace(found, count=count, as_of_on=today)
    return replace(
        found,
        count=read_count(request.form.get("count", "")),
        first_available_on=read_day(request.form.get("first_on", ""), today),
        as_of_on=today,
    )


def _render(
    *, done: str = "", error: str = "", typed: Mapping[str, str] = MappingProxyType({})
) -> Response:
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    rows = desk.ledger.openings.all()
    today = practice.today(desk.clock())
    names = {one.id: short_name(one) for one in desk.ledger.people.users()}
    spoken = dict.fromkeys(tag for one in practice.clinicians for tag in one.facts.languages)
    view = Board(
        parts=tuple(_part(one, rows, names, today) for one in practice.clinicians),
        clinicians=tuple(Option(one.slug, one.name) for one in practice.clinicians),
        plans=practice.insurance.plans,
        languages=tuple(Option(tag, name_language(tag)) for tag in spoken),
        sites=tuple(dict.fromkeys(one.site for one in rows if one.site)),
        add=url_for("desk.add_opening"),
        fresh_days=OPENINGS_FRESH_DAYS,
        today=today.isoformat(),
        typed=typed,
        error=error,
        done=done,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("team/openings.html", view, title="Openings", signed_in=user, status=status)


def _part(
    clinician: Clinician, rows: list[Opening], names: Mapping[str, str], today: dt.date
) -> BoardPart:
    own = [one for one in rows if one.clinician == clinician.slug]
    figure = figure_of(clinician, [to_room(one) for one in own], today)
    counted_on = figure.as_of_on if figure.is_from_folder else None
    return BoardPart(
        slug=clinician.slug,
        name=clinician.name,
        public=_say_public(figure),
        folder=f"From the practice folder, {say_day(counted_on, today)}." if counted_on else "",
        is_stale=figure.is_stale,
        count=figure.count or 0,
        rows=tuple(_row(one, names, today) for one in own),
        confirm=url_for("desk.confirm_openings"),
    )


def _row(one: Opening, names: Mapping[str, str], today: dt.date) -> BoardRow:
    by = f" by {names[one.user_id]}" if one.user_id in names else ""
    return BoardRow(
        id=one.id,
        what=say_where(to_room(one)),
        count=one.count,
        first_on=one.first_available_on.isoformat() if one.first_available_on else "",
        first_says=say_day(one.first_available_on, today) if one.first_available_on else "",
        as_of=f"Counted {say_day(one.as_of_on, today)}{by}",
        is_stale=not to_room(one).fresh(today),
        change=url_for("desk.count_opening", opening_id=one.id),
    )


def _say_public(figure: Figure) -> str:
    if figure.count is None:
        return "Out of date: nothing is shown" if figure.is_stale else "Not counted yet"
    many = figure.count
    return "Full" if not many else "1 opening" if many == 1 else f"{many} openings"
