"""Visits, pieces and ways in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from form_server.desk.referral.times import say_day
from form_server.ledger import PersonRole, VisitWay
from outreach_kit.outreach.follow_up import FollowUp, Standing
from outreach_kit.outreach.nearness import Place, is_distance_known, miles_between
from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.stock import Item
from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import parse_phone

WAYS_SAID: Final[Mapping[VisitWay, str]] = {
    VisitWay.VISIT: "Visit",
    VisitWay.CALL: "Call",
    VisitWay.TALK: "Talk",
    VisitWay.LETTER: "Letter",
    VisitWay.NOTE: "Only a note",
}
MESSAGES_SAID: Final[Mapping[Message, str]] = {
    Message.HELLO: "A first hello, and the niche",
    Message.NICHE_AGAIN: "Gratitude, and the niche again",
    Message.THANKS: "Thanks, and the niche",
    Message.RESTOCK: "Thanks, and new cards",
    Message.FOLLOW_UP: "Gratitude, and the niche",
}
PIECES: Final[Mapping[Item, tuple[str, str]]] = {
    Item.CARD: ("card", "cards"),
    Item.BROCHURE: ("brochure", "brochures"),
    Item.PAD: ("pad", "pads"),
}
ROLES_SAID: Final[Mapping[PersonRole, str]] = {
    PersonRole.RECEPTIONIST: "Receptionist",
    PersonRole.ASSISTANT: "Medical assistant",
    PersonRole.MANAGER: "Office manager",
    PersonRole.NURSE: "Nurse",
    PersonRole.PHYSICIAN: "Physician",
    PersonRole.COUNSELOR: "Counselor",
    PersonRole.MINISTER: "Minister",
    PersonRole.TEACHER: "Teacher",
    PersonRole.SOCIAL_WORKER: "Social worker",
    PersonRole.OTHER: "Something else",
}
"""The front desk first, as it refers most."""
_SPACE: Final = "\u00a0"


def say_count(count: int, one: str, many: str) -> str:
    """“1 office”, “12 offices”, on one line."""
    return f"{count}{_SPACE}{one if count == 1 else many}"


def say_pieces(counts: Mapping[Item, int]) -> str:
    """“40 cards, 2 pads”; empty for none of any."""
    return ", ".join(
        say_count(count, *PIECES[item]) for item in Item if (count := counts.get(item, 0))
    )


def say_standing(follow_up: FollowUp, today: date) -> str:
    """When somebody is due, in a few words that fit a list."""
    due_on, since = follow_up.due_on, follow_up.days_since
    match follow_up.standing:
        case Standing.RESTING:
            return "Wants no visits"
        case Standing.QUIET:
            return f"Next visit {say_day(due_on, today)}" if due_on else ""
        case Standing.FORGOTTEN if since is not None:
            return f"Not seen for {since}{_SPACE}days"
        case Standing.FORGOTTEN:
            return "Nobody has been there in six months"
        case Standing.FIRST:
            return "Nobody has been there yet"
        case Standing.DUE:
            if due_on is None or due_on == today:
                return "Due today"
            return f"Due since {say_day(due_on, today)}"


def say_way(here: Place, there: Place) -> str:
    """“about 3 miles”; empty where only the order is known."""
    return say_miles(miles_between(here, there)) if is_distance_known(here, there) else ""


def say_miles(miles: float) -> str:
    """Rough, as it was measured: as the crow flies, or by ZIP code and town."""
    if miles < 1:
        return f"under a{_SPACE}mile"
    return f"about {say_count(round(miles), 'mile', 'miles')}"


def say_route(start: Place, places: Sequence[Place]) -> str:
    """The whole way to the last stop; empty where a part of it is not known."""
    legs = list(zip((start, *places), places, strict=False))
    if not legs or not all(is_distance_known(*leg) for leg in legs):
        return ""
    return say_miles(sum(miles_between(*leg) for leg in legs))


def dial_of(typed: str) -> str:
    """The address to dial, or nothing for what is no number: it may have come out of a table."""
    try:
        return parse_phone(typed).href if typed else ""
    except Refused:
        return ""
