"""Removing somebody: first what it means for inboxes, notices and absences, then a typed word."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.addresses import show_address
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_day
from form_server.desk.setup.people_one import is_last_owner, person_page, present_user
from form_server.desk.setup.sure import REFUSALS, asks_words, holder_of, require_sure
from form_server.keys import remove_user
from form_server.ledger import Leave, User
from outreach_kit.errors import UsageError

WORD: Final = "remove"
_ONESELF: Final = "You cannot remove yourself: another owner does it."
_LAST: Final = "They are the only owner. Make somebody else an owner first."


@dataclass(frozen=True)
class Locked:
    """An inbox that they open; `is_alone` when nobody else does."""

    name: str
    is_alone: bool


@dataclass(frozen=True)
class LeavingPage:
    """`told` are addresses that go with them, `stays` those that only look like theirs."""

    name: str
    sessions: int
    inboxes: tuple[Locked, ...]
    told: tuple[str, ...]
    stays: tuple[str, ...]
    covers: tuple[str, ...]
    word: str
    action: str
    who_is_told: str
    time_off: str
    asks_words: bool
    back: str
    error: str


def show_removal(user_id: str) -> Response:
    return _check(user_id) or _page(user_id)


def remove_somebody(user_id: str) -> Response:
    """Sessions, passkeys and grants end, and their inboxes have new keys, in one commit."""
    desk, user = the_desk(), signed_in()
    refused = _check(user_id)
    if refused is not None:
        return refused
    try:
        if request.form.get("word", "").strip().casefold() != WORD:
            raise UsageError(f"Type “{WORD}”, so that it cannot happen by a slip.")
        require_sure(desk, user)
        remove_user(desk.ledger, holder_of(user), user_id)
    except REFUSALS as refusal:
        return _page(user_id, str(refusal))
    return go_to(url_for("desk.show_people", done="removed"))


def _check(user_id: str) -> Response | None:
    """Raises NotFound for who is not there."""
    desk, user = the_desk(), signed_in()
    whom = present_user(desk, user_id)
    if user_id == user.user.id:
        return person_page(user_id, _ONESELF)
    return person_page(user_id, _LAST) if is_last_owner(desk, whom) else None


def _page(user_id: str, error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    whom = present_user(desk, user_id)
    told, stays = _told(desk, whom)
    view = LeavingPage(
        name=whom.name,
        sessions=len(desk.ledger.sessions.of_user(user_id, desk.clock())),
        inboxes=_locks(desk, whom),
        told=told,
        stays=stays,
        covers=_covers(desk, whom),
        word=WORD,
        action=url_for("desk.remove_somebody", user_id=user_id),
        who_is_told=url_for("desk.show_told"),
        time_off=url_for("desk.show_time_off"),
        asks_words=asks_words(desk, user),
        back=url_for("desk.show_person", user_id=user_id),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "setup/person_leaving.html", view, title="Remove a person", signed_in=user, status=status
    )


def _locks(desk: Desk, whom: User) -> tuple[Locked, ...]:
    boxes = {one.id: one.name for one in desk.ledger.inboxes.all()}
    openers = desk.ledger.inboxes.openers(list(boxes))
    return tuple(
        Locked(name, openers[box] == {whom.id})
        for box, name in boxes.items()
        if whom.id in openers[box]
    )


def _told(desk: Desk, whom: User) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Theirs, and those with their e-mail address that belong to nobody in particular."""
    told, stays = [], []
    for box in desk.ledger.inboxes.all():
        for one in desk.ledger.inboxes.recipients(box.id):
            line = f"{show_address(one.channel, one.address)}, of {box.name}"
            if one.user_id == whom.id:
                told.append(line)
            elif one.address.strip().casefold() == whom.email:
                stays.append(line)
    return tuple(told), tuple(stays)


def _covers(desk: Desk, whom: User) -> tuple[str, ...]:
    """Absences still ahead in which they were to answer."""
    today = desk.practice().today(desk.clock())
    boxes = {one.id: one.name for one in desk.ledger.inboxes.all()}

    def say(one: Leave) -> str:
        first, last = say_day(one.first_on, today), say_day(one.last_on, today)
        days = first if first == last else f"{first} to {last}"
        return f"{boxes.get(one.inbox_id, 'An inbox')}, {days}"

    ahead = desk.ledger.leaves.ending_from(today)
    return tuple(say(one) for one in ahead if one.cover_user_id == whom.id)
