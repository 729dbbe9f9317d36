"""Who is told when something comes in: each inbox's chain, in the order in which it is climbed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.addresses import show_address
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.fresh import require_fresh
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.setup.trial import say_trial, send_trial
from form_server.ledger import CannotOpen, Channel, Inbox, NotFound, Recipient
from outreach_kit.errors import UsageError

_CHANNELS: Final = {
    Channel.EMAIL: "E-mail",
    Channel.PUSH: "Push, text or chat (an Apprise address)",
    Channel.WEBHOOK: "Webhook",
}
_SHORT: Final = {Channel.EMAIL: "E-mail", Channel.PUSH: "Push", Channel.WEBHOOK: "Webhook"}
_LONGEST: Final = 500
_DONE: Final = {
    "added": "They are told from now on.",
    "removed": "They are not told any more. Add the address again to take that back.",
    "moved": "The order is changed.",
}
_LAST: Final = (
    "This is the only one who is told of this inbox: nobody would hear of a referral. Add another "
    "one first."
)
_CANNOT_OPEN: Final = "That person cannot open this inbox, so an alarm to them would wake somebody who can do nothing."


@dataclass(frozen=True)
class ToldRow:
    """`up` is empty for the first of the chain."""

    name: str
    address: str
    whose: str
    up: str
    remove: str
    test: str


@dataclass(frozen=True)
class ToldInbox:
    id: str
    name: str
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True)
class ToldPage:
    """`typed` keeps what was refused, save the address: it may hold a secret."""

    inboxes: tuple[ToldInbox, ...]
    channels: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    typed: dict[str, str]
    add: str
    back: str
    error: str
    trial: str
    again: str
    done: str


def show_told() -> Response:
    return _page()


def add_told() -> Response:
    """At the end of the chain. Raises NotFound for an inbox that is none, and NotFresh: whoever is
    added hears of every referral."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    typed = {name: request.form.get(name, "")[:80] for name in ("inbox", "channel", "user")}
    inbox = desk.ledger.inboxes.get(typed["inbox"])
    there = desk.ledger.inboxes.recipients(inbox.id)
    try:
        way = Channel(typed["channel"])
        if way not in _CHANNELS:
            raise ValueError(way)
        address = desk.check_address(way, request.form.get("address", "").strip()[:_LONGEST])
        if any((one.channel, one.address) == (way, address) for one in there):
            raise UsageError("That address is told already.")
        whose = typed["user"] or None
        new = Recipient(desk.ledger.new_id(), inbox.id, way, address, len(there), whose)
        desk.ledger.inboxes.set_recipients(inbox.id, [*there, new], actor=user.actor)
    except ValueError:
        return _page(typed, "Choose how the message goes out.")
    except CannotOpen:
        return _page(typed, _CANNOT_OPEN)
    except UsageError as refusal:
        return _page(typed, str(refusal))
    return go_to(url_for("desk.show_told", done="added"))


def remove_told(recipient_id: str) -> Response:
    """Never the last one. Raises NotFound."""
    inbox, chain, place = _find(the_desk(), recipient_id)
    if len(chain) == 1:
        return _page(error=_LAST)
    _keep(inbox, [*chain[:place], *chain[place + 1 :]])
    return go_to(url_for("desk.show_told", done="removed"))


def move_told(recipient_id: str) -> Response:
    """One place up; the first stays where it is. Raises NotFound."""
    inbox, chain, place = _find(the_desk(), recipient_id)
    if place:
        moved = [*chain[: place - 1], chain[place], chain[place - 1], *chain[place + 1 :]]
        _keep(inbox, moved)
    return go_to(url_for("desk.show_told", done="moved"))


def try_told(recipient_id: str) -> Response:
    """A real message by the way that a notice takes; the page says what became of it."""
    desk, user = the_desk(), signed_in()
    _, chain, place = _find(desk, recipient_id)
    try:
        delivery_id = send_trial(desk, chain[place], actor=user.actor)
    except UsageError as refusal:
        return _page(error=str(refusal), status=HTTPStatus.TOO_MANY_REQUESTS)
    return go_to(url_for("desk.show_told", trial=delivery_id))


def _find(desk: Desk, recipient_id: str) -> tuple[Inbox, list[Recipient], int]:
    for inbox in desk.ledger.inboxes.all():
        chain = list(desk.ledger.inboxes.recipients(inbox.id))
        for place, one in enumerate(chain):
            if one.id == recipient_id:
                return inbox, chain, place
    raise NotFound("recipient", recipient_id)


def _keep(inbox: Inbox, chain: list[Recipient]) -> None:
    in_order = [replace(one, position=place) for place, one in enumerate(chain)]
    the_desk().ledger.inboxes.set_recipients(inbox.id, in_order, actor=signed_in().actor)


def _page(
    typed: dict[str, str] | None = None,
    error: str = "",
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    desk = the_desk()
    people = tuple((one.id, one.name) for one in desk.ledger.people.users())
    trial = request.args.get("trial", "")
    view = ToldPage(
        inboxes=tuple(
            ToldInbox(box.id, box.name, _rows(desk, box, dict(people)))
            for box in desk.ledger.inboxes.all()
        ),
        channels=tuple((one.value, label) for one, label in _CHANNELS.items()),
        people=people,
        typed=typed or {},
        add=url_for("desk.add_told"),
        back=url_for("desk.show_settings"),
        error=error,
        trial=say_trial(desk, trial) if trial else "",
        again=url_for("desk.show_told", trial=trial) if trial else "",
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    status = status if error else HTTPStatus.OK
    user = signed_in()
    return render_page("setup/told.html", view, title="Who is told", signed_in=user, status=status)


def _rows(desk: Desk, inbox: Inbox, people: dict[str, str]) -> tuple[ToldRow, ...]:
    return tuple(
        ToldRow(
            name=_SHORT[one.channel],
            address=show_address(one.channel, one.address),
            whose=people.get(one.user_id or "", ""),
            up=url_for("desk.move_told", recipient_id=one.id) if place else "",
            remove=url_for("desk.remove_told", recipient_id=one.id),
            test=url_for("desk.try_told", recipient_id=one.id),
        )
        for place, one in enumerate(desk.ledger.inboxes.recipients(inbox.id))
    )
