"""Messages that did not go out by themselves: why, in words, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.addresses import show_address
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to, render_page
from form_server.desk.questions.case import question_of
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.times import say_moment
from form_server.ledger import Delivery, DeliveryKind, DeliveryState, NotFound, NotNow, Role

_KINDS: Final = {
    DeliveryKind.NOTICE: "Notice of a referral",
    DeliveryKind.REMINDER: "Reminder",
    DeliveryKind.ESCALATION: "Escalation",
    DeliveryKind.DIGEST: "Daily summary",
    DeliveryKind.DRILL: "Drill",
    DeliveryKind.ALERT: "Alert about the server",
    DeliveryKind.QUARANTINE: "Word of what is kept aside",
    DeliveryKind.ACKNOWLEDGEMENT: "Receipt for the office",
    DeliveryKind.REPLY: "Reply",
    DeliveryKind.NEWSLETTER: "Newsletter",
    DeliveryKind.RETENTION: "Clearing up",
}
_WENT: Final = {
    DeliveryState.PENDING: "goes out within a minute",
    DeliveryState.SENDING: "is going out",
    DeliveryState.TRANSMITTING: "is going out",
    DeliveryState.SENT: "went out",
    DeliveryState.RETRYING: "is tried again by itself",
    DeliveryState.STUCK: "did not go out",
    DeliveryState.UNKNOWN: "may have arrived",
    DeliveryState.ON_HOLD: "is held back since a backup was restored",
    DeliveryState.DISMISSED: "was not sent",
}
_WHY: Final = {
    DeliveryState.STUCK: "It did not go out.",
    DeliveryState.RETRYING: "It has not gone out yet. It is tried again by itself.",
    DeliveryState.UNKNOWN: (
        "It may have arrived. It must not come twice, so it is not repeated by itself."
    ),
    DeliveryState.ON_HOLD: (
        "It came out of a backup and may have gone out since, so it is held back."
    ),
}
MOST_SHOWN: Final = 50
_DONE: Final = {
    "again": "It is on its way again.",
    "dismissed": "It will not go out.",
    "settled": "Somebody had settled that one before.",
}


def say_message(kind: str, to: str, state: str) -> str:
    """“Notice of a referral to nora@… did not go out”; whom it went to may be forgotten by then."""
    what, went = _KINDS.get(DeliveryKind(kind), "Message"), _WENT[DeliveryState(state)]
    return f"{what} to {to} {went}" if to else f"{what} {went}"


@dataclass(frozen=True)
class MessageRow:
    """`reason` is what the other side said; `about` leads to the referral, or is empty."""

    what: str
    whom: str
    since: str
    why: str
    reason: str
    about: str
    again: str
    dismiss: str


@dataclass(frozen=True)
class MessagesPage:
    """`onward` leads to the next page, or is empty; `start` to the first one from a later one."""

    rows: tuple[MessageRow, ...]
    count: int
    onward: str
    start: str
    done: str


def show_messages() -> Response:
    desk, user = the_desk(), signed_in()
    keyring, with_server = Keyring.of(desk, user), _sees_the_server(user)
    after = _place(desk, user, request.args.get("after", ""))
    # One more than shown tells whether there is a next page.
    found = desk.ledger.deliveries.needing_somebody(
        keyring.inbox_ids, with_server=with_server, after=after, limit=MOST_SHOWN + 1
    )
    shown, goes_on = found[:MOST_SHOWN], len(found) > MOST_SHOWN
    view = MessagesPage(
        rows=tuple(_row(one, desk) for one in shown),
        count=count_messages(desk, keyring, user),
        onward=url_for("desk.show_messages", after=shown[-1].id) if goes_on else "",
        start=url_for("desk.show_messages") if after else "",
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("messages.html", view, title="Messages", signed_in=user)


def send_again(delivery_id: str) -> Response:
    """Back into the queue, due now. Raises NotFound for what is not the user's to see."""
    desk, user = the_desk(), signed_in()
    found = _own(desk, user, delivery_id)
    try:
        if found.state is DeliveryState.ON_HOLD:
            desk.ledger.holding.release([found.id], actor=user.actor)
        else:
            desk.ledger.deliveries.try_again(found.id, desk.clock(), actor=user.actor)
    except NotNow:
        return go_to(url_for("desk.show_messages", done="settled"))
    return go_to(url_for("desk.show_messages", done="again"))


def dismiss_message(delivery_id: str) -> Response:
    """Ends unsent. Raises NotFound for what is not the user's to see."""
    desk, user = the_desk(), signed_in()
    found = _own(desk, user, delivery_id)
    try:
        if found.state is DeliveryState.ON_HOLD:
            desk.ledger.holding.drop([found.id], actor=user.actor)
        else:
            desk.ledger.deliveries.dismiss(found.id, actor=user.actor)
    except NotNow:
        return go_to(url_for("desk.show_messages", done="settled"))
    return go_to(url_for("desk.show_messages", done="dismissed"))


def count_messages(desk: Desk, keyring: Keyring, user: SignedIn) -> int:
    """Those about the user's referrals; an owner sees those about the server as well."""
    return desk.ledger.deliveries.count_needing_somebody(
        keyring.inbox_ids, with_server=_sees_the_server(user)
    )


def _sees_the_server(user: SignedIn) -> bool:
    return user.user.role is Role.OWNER


def _place(desk: Desk, user: SignedIn, delivery_id: str) -> Delivery | None:
    """Where a page begins: after one that the user may see, whatever became of it since."""
    try:
        return _own(desk, user, delivery_id) if delivery_id else None
    except NotFound:
        return None


def _own(desk: Desk, user: SignedIn, delivery_id: str) -> Delivery:
    found = desk.ledger.deliveries.get(delivery_id)
    if found.question_id is not None:
        question_of(desk, Keyring.of(desk, user), found.question_id)
    elif found.referral_id is not None:
        referral_of(desk, Keyring.of(desk, user), found.referral_id)
    elif user.user.role is not Role.OWNER:
        raise NotFound("delivery", delivery_id)
    return found


def _about(delivery: Delivery) -> str:
    if delivery.question_id:
        return url_for("desk.show_question", question_id=delivery.question_id)
    about = delivery.referral_id
    return url_for("desk.show_referral", referral_id=about) if about else ""


def _row(delivery: Delivery, desk: Desk) -> MessageRow:
    whom = show_address(delivery.channel, delivery.address)
    return MessageRow(
        what=_KINDS.get(delivery.kind, "Message"),
        whom=whom,
        since=say_moment(delivery.created_at, desk.clock(), desk.practice().time_zone),
        why=_WHY[delivery.state],
        reason=(delivery.last_error or "").replace(delivery.address, whom),
        about=_about(delivery),
        again=url_for("desk.send_again", delivery_id=delivery.id),
        dismiss=url_for("desk.dismiss_message", delivery_id=delivery.id),
    )
