"""Times held for a first call: many at once, each given up again, and which are taken since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import groupby
from typing import Final

from flask import Response, request, url_for
from werkzeug.datastructures import MultiDict

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.roles import Right, may
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_clock, say_day, say_moment
from form_server.desk.setup.times_typed import read_moments, say_days
from form_server.ledger import FirstCallGone, NotFound, Role
from form_server.ledger.first_calls import Held
from outreach_kit.errors import UsageError
from outreach_kit.practice import Practice

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DONE: Final = {
    "held": "Held. Offices are offered them from now on.",
    "nothing": "All of these were held already: nothing changed.",
    "back": "Taken back: nobody is offered them any more.",
    "removed": "Given up: nobody is offered it any more.",
}
_GONE: Final = "A referral has just taken that time, so it stays."


@dataclass(frozen=True)
class TimeRow:
    """`taken` says since when, or is empty; `href` leads to the referral, for who may open it;
    `remove` is empty for what is taken or somebody else's."""

    time: str
    clinician: str
    taken: str
    href: str
    remove: str
    says: str


@dataclass(frozen=True)
class TimesPage:
    days: tuple[tuple[str, tuple[TimeRow, ...]], ...]
    count: str
    clinicians: tuple[tuple[str, str], ...]
    typed: MultiDict[str, str]
    weekdays: tuple[tuple[str, bool], ...]
    add: str
    undo: str
    undo_field: tuple[str, str]
    back: str
    error: str
    done: str


def show_times() -> Response:
    return _page()


def add_times() -> Response:
    """Days × times; what is held already stays. An `again` is one that was just given up."""
    desk, user = the_desk(), signed_in()
    practice, now = desk.practice(), desk.clock()
    allowed = dict(_allowed(desk, user, practice))
    slug, _, again = request.form.get("again", "").partition(" ")
    slug = slug or request.form.get("clinician", "")
    if slug not in allowed:
        raise NotFound("clinician", slug)
    try:
        moments = (
            [_ahead(again, now)] if again else read_moments(request.form, practice.time_zone, now)
        )
    except UsageError as refusal:
        return _page(request.form, str(refusal))
    before = {(one.clinician, one.starts_at) for one in desk.ledger.first_calls.coming()}
    if all((slug, one) in before for one in moments):
        return go_to(url_for("desk.show_times", done="nothing"))
    held_at = desk.ledger.first_calls.hold(slug, moments, actor=user.actor)
    added = (held_at - _EPOCH) // _MICROSECOND
    return go_to(url_for("desk.show_times", done="held", added=added))


def take_times_back() -> Response:
    """Those that were held in one go, as far as they are free and the user's to hold."""
    desk, user = the_desk(), signed_in()
    typed = request.form.get("added", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 17):
        raise NotFound("held times", "added")
    slugs = [slug for slug, _ in _allowed(desk, user, desk.practice())]
    held_at = _EPOCH + int(typed) * _MICROSECOND
    desk.ledger.first_calls.take_back(held_at, slugs, actor=user.actor)
    return go_to(url_for("desk.show_times", done="back"))


def remove_time(held_id: str) -> Response:
    """Raises NotFound for one that is not there, or somebody else's."""
    desk, user = the_desk(), signed_in()
    found = desk.ledger.first_calls.get(held_id)
    if found is None or found.clinician not in dict(_allowed(desk, user, desk.practice())):
        raise NotFound("first-call time", held_id)
    try:
        desk.ledger.first_calls.remove(found.id, actor=user.actor)
    except FirstCallGone:
        return _page(error=_GONE)
    gone = f"{found.clinician} {found.starts_at.isoformat()}"
    return go_to(url_for("desk.show_times", done="removed", gone=gone))


def _allowed(desk: Desk, user: SignedIn, practice: Practice) -> tuple[tuple[str, str], ...]:
    """Whose times the user holds, by slug: an owner everybody's, a clinician their own."""
    everybody = tuple((one.slug, one.name) for one in practice.clinicians)
    if may(user.user.role, Right.SETTINGS):
        return everybody
    if user.user.role is not Role.CLINICIAN:
        return ()
    name = _plain(user.user.name)
    by_name = tuple((slug, said) for slug, said in everybody if _plain(said) == name)
    if by_name:
        return by_name
    mine = set(Keyring.of(desk, user).inbox_ids)
    slugs = {one.clinician for one in desk.ledger.inboxes.all() if one.id in mine}
    return tuple((slug, said) for slug, said in everybody if slug in slugs)


def _plain(name: str) -> str:
    """Without credentials."""
    return name.split(",")[0].strip().casefold()


def _ahead(text: str, now: datetime) -> datetime:
    """Raises UsageError for what is no moment that lies ahead."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("That time cannot be read. Add it anew.") from error
    if moment.tzinfo is None or moment <= now:
        raise UsageError("That time has passed. Add another one.")
    return moment.astimezone(UTC)


def _page(typed: MultiDict[str, str] | None = None, error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    practice = desk.practice()
    typed = typed if typed is not None else MultiDict()
    allowed = _allowed(desk, user, practice)
    held = desk.ledger.first_calls.outlook()
    undo, undo_field = _undo()
    view = TimesPage(
        days=_days(desk, user, practice, held, dict(allowed)),
        count=_count(held),
        clinicians=allowed,
        typed=typed,
        weekdays=say_days(typed.getlist("weekday")),
        add=url_for("desk.add_times"),
        undo=undo,
        undo_field=undo_field,
        back=url_for("desk.show_more"),
        error=error,
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "setup/times.html", view, title="First-call times", signed_in=user, status=status
    )


def _undo() -> tuple[str, tuple[str, str]]:
    """Where the last step is taken back, and with which field; empty after none."""
    if added := request.args.get("added", ""):
        return url_for("desk.take_times_back"), ("added", added)
    if gone := request.args.get("gone", ""):
        return url_for("desk.add_times"), ("again", gone)
    return "", ("", "")


def _days(
    desk: Desk, user: SignedIn, practice: Practice, held: list[Held], allowed: dict[str, str]
) -> tuple[tuple[str, tuple[TimeRow, ...]], ...]:
    zone, mine = practice.time_zone, set(Keyring.of(desk, user).inbox_ids)
    names = {one.slug: one.name for one in practice.clinicians}
    by_day = groupby(held, key=lambda one: one.starts_at.astimezone(zone).date())
    return tuple(
        (
            _head(say_day(day, desk.clock().astimezone(zone).date())),
            tuple(_row(desk, one, practice, names, mine, allowed) for one in rows),
        )
        for day, rows in by_day
    )


def _head(day: str) -> str:
    return day[:1].upper() + day[1:]


def _row(
    desk: Desk,
    one: Held,
    practice: Practice,
    names: dict[str, str],
    mine: set[str],
    allowed: dict[str, str],
) -> TimeRow:
    zone, now = practice.time_zone, desk.clock()
    taken = f"Taken {say_moment(one.taken_at, now, zone)}" if one.taken_at else ""
    is_open = one.taken_by is not None and one.inbox_id in mine
    is_mine = one.clinician in allowed and one.taken_by is None
    return TimeRow(
        time=say_clock(one.starts_at, zone),
        clinician=names.get(one.clinician, one.clinician),
        taken=taken,
        href=url_for("desk.show_referral", referral_id=one.taken_by) if is_open else "",
        remove=url_for("desk.remove_time", held_id=one.id) if is_mine else "",
        says=say_moment(one.starts_at, now, zone),
    )


def _count(held: list[Held]) -> str:
    free = sum(one.taken_by is None for one in held)
    if not held:
        return "None is held, so offices are promised a call and offered no time."
    return f"{free} free, {len(held) - free} taken. Offices are offered the next three."
