"""How the desk says who gets a newsletter, who does not, and how one stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from form_server.desk.console import Desk
from form_server.desk.referral.times import say_date
from form_server.ledger.newsletter_rows import Issue, Progress
from outreach_kit.outreach.newsletter import LeftOut, Reader, free_on, plain_address
from outreach_kit.practice import Practice

WHY_NOT: Final = {
    LeftOut.UNSUBSCRIBED: "Left the list",
    LeftOut.TOO_SOON: "Got one within the last 90 days",
    LeftOut.NEVER_MET: "Neither agreed nor met you",
    LeftOut.NO_ADDRESS: "No e-mail address on file",
    LeftOut.OTHER_AUDIENCE: "Of another kind than you chose",
    LeftOut.SAME_ADDRESS: "Shares an address with somebody who gets it",
}


STANDS: Final = {
    "gets": "Gets the next one",
    "waits": "Had one this quarter",
    "left": "Left the list",
    "unmet": "Neither agreed nor met",
    "unmailed": "No e-mail address",
    "same": "Shares an address",
}
WHERE: Final = {
    LeftOut.TOO_SOON: "waits",
    LeftOut.UNSUBSCRIBED: "left",
    LeftOut.NEVER_MET: "unmet",
    LeftOut.NO_ADDRESS: "unmailed",
    LeftOut.SAME_ADDRESS: "same",
}


def count_of(number: int, one: str, several: str = "") -> str:
    """“1 reader”, “2,000 readers”."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def say_audiences(practice: Practice, slugs: tuple[str, ...]) -> str:
    if not slugs:
        return "Everybody"
    names = [found.name for slug in slugs if (found := practice.audience(slug))]
    return ", ".join(names)


def say_on_list(one: Reader) -> str:
    """Why somebody may be written to."""
    if one.agreed_on:
        return f"agreed {say_date(one.agreed_on)}"
    return f"met {say_date(one.met_on)}" if one.met_on else ""


def say_progress(stands: Progress) -> str:
    """“41 of 47 gone out”."""
    return f"{stands.sent:,} of {stands.written:,} gone out"


def say_stands(
    one: Reader, stands: str, left: Mapping[str, date], mailed: Mapping[str, date]
) -> str:
    """How somebody stands with the list; the days by address, as `plain_address` writes it."""
    address = plain_address(one.address)
    match stands:
        case "gets":
            return f"Gets the next one: {say_on_list(one)}"
        case "waits":
            return f"May be written to again from {say_date(free_on(mailed[address]))}"
        case "left":
            return f"Left the list {say_date(left[address])}"
    return STANDS[stands]


def say_doubt(stands: Progress) -> str:
    return f"{stands.doubt:,} in doubt" if stands.doubt else ""


def say_rest(issue: Issue) -> tuple[str, ...]:
    """What else became of its copies, beside those that are in doubt."""
    stands = issue.progress
    said = (
        (stands.refused, f"{stands.refused:,} refused"),
        (stands.waiting, f"{stands.waiting:,} waiting"),
        (issue.stopped, f"{issue.stopped:,} stopped"),
        (stands.dropped, f"{stands.dropped:,} not repeated"),
        (stands.left_since, f"{stands.left_since:,} left the list since"),
    )
    return tuple(words for number, words in said if number)


def say_pace(desk: Desk, readers: int) -> str:
    """How long it takes until all have gone out."""
    handling = desk.handling
    if readers > handling.newsletters_a_day:
        days = -(-readers // handling.newsletters_a_day)
        return (
            f"{handling.newsletters_a_day:,} go out a day, so that notices have room at your mail "
            f"provider: the last ones on day {days}."
        )
    minutes = -(-readers // handling.newsletters_a_minute)
    if minutes < 2:
        return "They go out within a minute or two."
    return f"{handling.newsletters_a_minute:,} go out a minute: all within {minutes:,} minutes."
