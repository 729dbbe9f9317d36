"""What the inbox is sifted by: read from the address, shown as a form, and written back.

All of it stands in clear and says nothing of one referral, so it may stand in an address. What is
not one of the choices is passed over: an address is typed by anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from form_server.desk.inbox.words import DOORS, FITS, FLAGS, OUTCOMES, PROMISES, STATES
from form_server.desk.referral.times import say_date
from form_server.ledger import CameBy, Fit, Inbox, Kept, Outcome, Sieve, Source, Spot

NO_SOURCE: Final = "-"
_SPOT: Final = re.compile(r"([0-9]{1,17})\.([0-9a-zA-Z]{1,40})")
_FORMS: Final = ("office", "self")

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """One question of the form; `chosen` is empty for “any”."""

    name: str
    label: str
    options: Options
    chosen: str


@dataclass(frozen=True)
class Sifting:
    """`sieve` for the ledger, `choices` for the form, `asked` for addresses: what differs from
    “all”. `first_on` and `last_on` are ISO dates as the form shows them, or empty."""

    sieve: Sieve
    choices: tuple[Choice, ...]
    first_on: str
    last_on: str
    asked: Mapping[str, str]

    @property
    def says(self) -> tuple[str, ...]:
        """Each thing asked for in the words of the form."""
        said = [
            f"{choice.label}: {dict(choice.options)[choice.chosen]}"
            for choice in self.choices
            if choice.chosen
        ]
        if self.first_on:
            said.append(f"From {say_date(date.fromisoformat(self.first_on))}")
        if self.last_on:
            said.append(f"To {say_date(date.fromisoformat(self.last_on))}")
        return tuple(said)


def read_sifting(
    given: Mapping[str, str],
    inboxes: list[Inbox],
    sources: list[Source],
    zone: ZoneInfo,
) -> Sifting:
    """`inboxes` are the user's own: no other is ever asked for."""
    choices = tuple(
        Choice(
            name, label, options, value if (value := given.get(name, "")) in dict(options) else ""
        )
        for name, label, options in _questions(inboxes, sources)
    )
    chosen = {choice.name: choice.chosen for choice in choices}
    first, last = _day(given.get("since", "")), _day(given.get("until", ""))
    days = {"since": first.isoformat() if first else "", "until": last.isoformat() if last else ""}
    sieve = _sieve(chosen, inboxes, _opens(first, zone), _closes(last, zone))
    asked = {name: value for name, value in {**chosen, **days}.items() if value}
    return Sifting(sieve, choices, days["since"], days["until"], asked)


def parse_spot(text: str) -> Spot | None:
    found = _SPOT.fullmatch(text)
    return Spot(int(found[1]), found[2]) if found else None


def write_spot(spot: Spot) -> str:
    return f"{spot.received_at}.{spot.id}"


def _questions(inboxes: list[Inbox], sources: list[Source]) -> tuple[tuple[str, str, Options], ...]:
    named = tuple((one.code, one.name) for one in sources)
    every: tuple[tuple[str, str, Options], ...] = (
        ("state", "State", tuple((key, label) for key, (label, _) in STATES.items())),
        ("promise", "Promise", tuple((one.value, label) for one, label in PROMISES.items())),
        ("source", "Source", (*named, (NO_SOURCE, "No code"))),
        ("door", "Came by", tuple(DOORS.items())),
        ("fit", "Fit", tuple(FITS.items())),
        ("outcome", "Outcome", tuple((one.value, label) for one, label in OUTCOMES.items())),
        ("mark", "Mark", tuple(FLAGS.items())),
    )
    if len(inboxes) < 2:
        return every
    return (("inbox", "Inbox", tuple((one.id, one.name) for one in inboxes)), *every)


def _sieve(
    chosen: Mapping[str, str],
    inboxes: list[Inbox],
    since: datetime | None,
    until: datetime | None,
) -> Sieve:
    inbox, state, source = chosen.get("inbox", ""), chosen["state"], chosen["source"]
    door, fit, outcome = chosen["door"], chosen["fit"], chosen["outcome"]
    by_form = door in _FORMS
    return Sieve(
        inbox_ids=(inbox,) if inbox else tuple(one.id for one in inboxes),
        states=STATES[state][1] if state else (),
        kept=Kept(chosen["promise"]) if chosen["promise"] else None,
        source=None if not source else "" if source == NO_SOURCE else source,
        kind=door if by_form else None,
        came_by="" if by_form else CameBy(door) if door else None,
        outcome=Outcome(outcome) if outcome else None,
        fit=None if not fit else "" if fit == "none" else Fit(fit),
        flag=chosen["mark"] or None,
        since=since,
        until=until,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def _opens(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Midnight on the practice's clock; years that no clock can tell are passed over."""
    if day is None or not 1971 <= day.year <= 9000:
        return None
    return datetime.combine(day, time(), tzinfo=zone)


def _closes(day: date | None, zone: ZoneInfo) -> datetime | None:
    if day is None or not 1971 <= day.year <= 9000:
        return None
    return _opens(day + timedelta(days=1), zone)
