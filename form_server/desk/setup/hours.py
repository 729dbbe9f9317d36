"""Hours, closings and the promise, changed at the desk: the form and the clock follow at once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.current_practice import HOURS, PROMISE, CurrentPractice
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_date, say_moment
from form_server.desk.setup.hours_form import (
    NotSaved,
    TypedHours,
    check_typed,
    read_typed,
    write_hours,
)
from form_server.ledger import NotFound
from outreach_kit.practice import Practice
from outreach_kit.promise import promise_by

_DONE: Final = {
    "saved": "Saved. The form and the promise follow within a few seconds.",
    "undone": "It is as it was before.",
    "folder": "The practice folder has the word again.",
}


@dataclass(frozen=True)
class HoursPage:
    """`example` says what an office would be promised now; `can_undo` and `is_ours` show buttons."""

    typed: TypedHours
    closed_on: tuple[tuple[str, str], ...]
    holidays: tuple[tuple[str, str], ...]
    example: str
    can_undo: bool
    is_ours: bool
    save: str
    undo: str
    folder: str
    back: str
    errors: tuple[str, ...]
    done: str


def show_hours() -> Response:
    practice = current_of(the_desk())()
    return _page(write_hours(practice.hours, practice.promise))


def save_hours() -> Response:
    """Nothing is written for what holds already: then there is nothing to undo either."""
    desk, user = the_desk(), signed_in()
    current = current_of(desk)
    practice, now = current(), desk.clock()
    held = write_hours(practice.hours, practice.promise)
    typed = held
    try:
        typed = read_typed(request.form, practice.today(now))
        hours, promise = check_typed(typed, practice, now)
    except NotSaved as refusal:
        return _page(typed, tuple(refusal.complaints))
    if typed != held:
        desk.ledger.desk_settings.put(HOURS, hours, actor=user.actor)
        desk.ledger.desk_settings.put(PROMISE, promise, actor=user.actor)
        current.forget()
    return go_to(url_for("desk.show_hours", done="saved"))


def undo_hours() -> Response:
    """Back to what held before the last change; tapped twice, forward again."""
    desk, user = the_desk(), signed_in()
    for name in (HOURS, PROMISE):
        desk.ledger.desk_settings.undo(name, actor=user.actor)
    current_of(desk).forget()
    return go_to(url_for("desk.show_hours", done="undone"))


def hours_of_folder() -> Response:
    desk, user = the_desk(), signed_in()
    there = desk.ledger.desk_settings.all()
    if not any(name in there for name in (HOURS, PROMISE)):
        raise NotFound("setting", HOURS)
    for name in (HOURS, PROMISE):
        desk.ledger.desk_settings.put(name, None, actor=user.actor)
    current_of(desk).forget()
    return go_to(url_for("desk.show_hours", done="folder"))


def current_of(desk: Desk) -> CurrentPractice:
    return desk.current or CurrentPractice(desk.practice(), desk.ledger)


def _page(typed: TypedHours, errors: tuple[str, ...] = ()) -> Response:
    desk, user = the_desk(), signed_in()
    current = current_of(desk)
    practice, now = current(), desk.clock()
    there = desk.ledger.desk_settings.all()
    by = promise_by(now, practice.hours, practice.promise, practice.time_zone)
    view = HoursPage(
        typed=typed,
        closed_on=tuple((one.isoformat(), say_date(one)) for one in typed.closed_on),
        holidays=_holidays(current.folder, typed.holidays),
        example=say_moment(by, now, practice.time_zone),
        can_undo=HOURS in there,
        is_ours=any(there[name].value is not None for name in (HOURS, PROMISE) if name in there),
        save=url_for("desk.save_hours"),
        undo=url_for("desk.undo_hours"),
        folder=url_for("desk.hours_of_folder"),
        back=url_for("desk.show_settings"),
        errors=errors,
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_page(
        "setup/hours.html", view, title="Hours and promise", signed_in=user, status=status
    )


def _holidays(folder: Practice, typed: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen: none, the country's, the state's, and whatever holds."""
    address = folder.address
    state = f"{address.country}-{address.region}"
    choices = {
        "none": "None: open on public holidays",
        address.country: f"Public holidays of {address.country}",
        state: f"Public holidays of {state}",
    }
    for other in (folder.hours.holidays, typed):
        if other:
            choices.setdefault(other, f"Public holidays of {other}")
    return tuple(choices.items())
