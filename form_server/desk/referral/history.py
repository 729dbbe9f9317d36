"""The time line of a referral: when it came, who was told, who tried what, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from form_server.addresses import show_address
from form_server.desk.colleagues.past import read_sent_on
from form_server.desk.console import Desk
from form_server.desk.referral.case import Case
from form_server.desk.referral.closing import say_outcome
from form_server.desk.referral.contact import describe_try
from form_server.desk.referral.times import say_moment
from form_server.desk.replies.words import is_trouble, note_to, say_reply
from form_server.desk.team.past import read_past
from form_server.ledger import Delivery, DeliveryKind, DeliveryState, NotFound, Referral

_TOLD = {
    DeliveryKind.NOTICE: "Notice",
    DeliveryKind.REMINDER: "Reminder",
    DeliveryKind.ESCALATION: "Escalation",
}


@dataclass(frozen=True)
class Event:
    """`moment` is ISO 8601 for machines, `when` for people; `is_trouble` wants a human."""

    at: datetime
    moment: str
    when: str
    what: str
    who: str = ""
    is_trouble: bool = False


@dataclass(frozen=True)
class History:
    events: tuple[Event, ...]
    receipt: str


def build_history(case: Case) -> History:
    return History(read_history(case.desk, case.referral, case.now), case.referral.receipt)


def read_history(desk: Desk, referral: Referral, now: datetime) -> tuple[Event, ...]:
    """Newest first."""
    zone = desk.practice().time_zone

    def event(at: datetime, what: str, who: str = "", *, is_trouble: bool = False) -> Event:
        return Event(at, at.isoformat(), say_moment(at, now, zone), what, who, is_trouble)

    events = [event(referral.received_at, "Came in")]
    for delivery in desk.ledger.deliveries.of_referral(referral.id):
        what = _say_delivery(delivery)
        if what:
            at = delivery.sent_at or delivery.created_at
            events.append(event(at, what, is_trouble=_is_trouble(delivery)))
    if referral.acknowledged_at is not None:
        who = _name(desk, referral.acknowledged_by)
        first = "First opened" if referral.acknowledged_by else "Paused by the link in a message"
        events.append(event(referral.acknowledged_at, first, who))
    events += [
        event(one.at, describe_try(one.means, one.result), _name(desk, one.user_id))
        for one in desk.ledger.referrals.attempts(referral.id)
    ]
    events += [
        event(
            one.at,
            f"{note_to(one.whom)}: {say_reply(one)}",
            _name(desk, one.user_id),
            is_trouble=is_trouble(one),
        )
        for one in desk.ledger.replies.of_referral(referral.id)
    ]
    between = (*read_past(desk, referral), *read_sent_on(desk, referral))
    events += [event(one.at, one.what, one.who) for one in between]
    if referral.closed_at is not None and referral.outcome is not None:
        events.append(event(referral.closed_at, f"Closed: {say_outcome(referral.outcome)}"))
    # Reversed after sorting: of two at the same moment, the later step stands first as well.
    return tuple(sorted(events, key=lambda one: one.at)[::-1])


def _say_delivery(delivery: Delivery) -> str:
    """What became of a message to the practice; nothing of one that is still on its way."""
    told = _TOLD.get(delivery.kind)
    if told is None:
        return ""
    whom = show_address(delivery.channel, delivery.address)
    match delivery.state:
        case DeliveryState.SENT:
            return f"{told} sent to {whom}"
        case DeliveryState.STUCK:
            return f"{told} to {whom} did not go out"
        case DeliveryState.UNKNOWN:
            return f"{told} to {whom} may not have arrived"
        case DeliveryState.ON_HOLD:
            return f"{told} to {whom} is held back since a backup was restored"
        case DeliveryState.RETRYING:
            return f"{told} to {whom} is being tried again"
        case _:
            return ""


def _is_trouble(delivery: Delivery) -> bool:
    return delivery.state in {DeliveryState.STUCK, DeliveryState.UNKNOWN, DeliveryState.ON_HOLD}


def _name(desk: Desk, user_id: str | None) -> str:
    if user_id is None:
        return ""
    try:
        return desk.ledger.people.user(user_id).name
    except NotFound:
        return ""
