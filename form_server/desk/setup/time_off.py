"""Absences, each with who answers meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.absences import add_absence
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_date
from form_server.ledger import CannotOpen, Leave
from outreach_kit.errors import UsageError
from outreach_kit.promise import NeverOpen

_DONE: Final = {"added": "It is in the calendar.", "removed": "It is taken out again."}

_CANNOT_OPEN: Final = (
    "That person cannot open this inbox, so they could do nothing. Let them open it first, or name "
    "somebody else."
)


@dataclass(frozen=True)
class LeaveRow:
    days: str
    whose: str
    cover: str
    remove: str


@dataclass(frozen=True)
class TimeOffPage:
    """`typed` keeps what was refused; covers are an inbox (`inbox:`) or a user (`user:`)."""

    rows: tuple[LeaveRow, ...]
    inboxes: tuple[tuple[str, str], ...]
    covers: tuple[tuple[str, str], ...]
    typed: dict[str, str]
    add: str
    back: str
    error: str
    done: str


def show_time_off() -> Response:
    return _page({})


def add_time_off() -> Response:
    desk, user = the_desk(), signed_in()
    typed = {name: request.form.get(name, "")[:80] for name in ("inbox", "first", "last", "cover")}
    kind, _, cover = typed["cover"].partition(":")
    try:
        first = _day(typed["first"], "The first day")
        last = _day(typed["last"] or typed["first"], "The last day")
        if last < desk.practice().today(desk.clock()):
            raise UsageError("It would be over already.")
        add_absence(
            desk.ledger,
            desk.practice(),
            desk.ledger.inboxes.get(typed["inbox"]),
            first,
            last,
            cover_email=desk.ledger.people.user(cover).email if kind == "user" else "",
            cover_inbox=desk.ledger.inboxes.get(cover) if kind == "inbox" else None,
            actor=user.actor,
        )
    except CannotOpen:
        return _page(typed, _CANNOT_OPEN)
    except (UsageError, NeverOpen) as refusal:
        return _page(typed, str(refusal))
    return go_to(url_for("desk.show_time_off", done="added"))


def remove_time_off(leave_id: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.leaves.remove(leave_id, actor=signed_in().actor)
    return go_to(url_for("desk.show_time_off", done="removed"))


def _page(typed: dict[str, str], error: str = "") -> Response:
    desk = the_desk()
    boxes = tuple((one.id, one.name) for one in desk.ledger.inboxes.all())
    people = tuple((one.id, one.name) for one in desk.ledger.people.users())
    leaves = desk.ledger.leaves.ending_from(desk.practice().today(desk.clock()))
    view = TimeOffPage(
        rows=tuple(_row(one, dict(boxes), dict(people)) for one in leaves),
        inboxes=boxes,
        covers=(
            ("", "Nobody: closed those days"),
            *((f"user:{user_id}", f"{name} answers in the same inbox") for user_id, name in people),
            *(_cover_boxes(desk)),
        ),
        typed=typed,
        add=url_for("desk.add_time_off"),
        back=url_for("desk.show_settings"),
        error=error,
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "setup/time_off.html", view, title="Time off", signed_in=signed_in(), status=status
    )


def _cover_boxes(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Only with several inboxes is there another one to take what comes in."""
    boxes = desk.ledger.inboxes.all()
    if len(boxes) < 2:
        return ()
    return tuple((f"inbox:{one.id}", f"The inbox of {one.name} takes it") for one in boxes)


def _row(leave: Leave, boxes: dict[str, str], people: dict[str, str]) -> LeaveRow:
    if leave.cover_inbox_id is not None:
        cover = f"The inbox of {boxes.get(leave.cover_inbox_id, 'somebody')} takes what comes in."
    elif leave.cover_user_id is not None:
        cover = f"{people.get(leave.cover_user_id, 'A former user')} answers."
    else:
        cover = "Nobody answers: these days count as closed."
    first, last = say_date(leave.first_on), say_date(leave.last_on)
    return LeaveRow(
        days=first if leave.first_on == leave.last_on else f"{first} to {last}",
        whose=boxes.get(leave.inbox_id, "An inbox"),
        cover=cover,
        remove=url_for("desk.remove_time_off", leave_id=leave.id),
    )


def _day(text: str, label: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{label} is missing, or is no day like 2026-12-24.") from error
