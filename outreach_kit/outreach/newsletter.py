"""To whom a newsletter may go, and when: at most once a quarter, to those who agreed or were met.

An address that has unsubscribed is out, whoever else has it and however often it is imported again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

QUARTER_DAYS: Final = 90


@dataclass(frozen=True)
class Reader:
    """One who could be sent it. `met_on` is when somebody of the practice last saw them or was there."""

    name: str
    address: str
    audience: str = ""
    source: str = ""
    agreed_on: dt.date | None = None
    met_on: dt.date | None = None


class LeftOut(StrEnum):
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"
    NEVER_MET = "never_met"
    OTHER_AUDIENCE = "other_audience"
    SAME_ADDRESS = "same_address"


@dataclass(frozen=True)
class Mailing:
    """`readers` have an address each that no other has; `left_out` says of all others why."""

    readers: tuple[Reader, ...]
    left_out: tuple[tuple[Reader, LeftOut], ...]


def next_issue_on(sent_on: Iterable[dt.date]) -> dt.date | None:
    """The first day on which another may go out; None before the first."""
    last = max(sent_on, default=None)
    return None if last is None else last + dt.timedelta(days=QUARTER_DAYS)


def may_send(sent_on: Iterable[dt.date], today: dt.date) -> bool:
    following = next_issue_on(sent_on)
    return following is None or following <= today


def plan_mailing(
    candidates: Iterable[Reader],
    unsubscribed: Container[str],
    audiences: Container[str] | None = None,
) -> Mailing:
    """`unsubscribed` are addresses as `plain_address` writes them; without `audiences`, all.

    Of several with one address the first that may be sent it is, in the order given.
    """
    readers: dict[str, Reader] = {}
    left_out = []
    for one in candidates:
        why = _why_not(one, unsubscribed, audiences)
        if why is None and plain_address(one.address) in readers:
            why = LeftOut.SAME_ADDRESS
        if why is None:
            readers[plain_address(one.address)] = one
        else:
            left_out.append((one, why))
    return Mailing(tuple(readers.values()), tuple(left_out))


def plain_address(address: str) -> str:
    """As two addresses are compared: mail servers tell large letters from small ones in theory only."""
    return address.strip().casefold()


def _why_not(
    one: Reader, unsubscribed: Container[str], audiences: Container[str] | None
) -> LeftOut | None:
    if not one.address.strip():
        return LeftOut.NO_ADDRESS
    if plain_address(one.address) in unsubscribed:
        return LeftOut.UNSUBSCRIBED
    if one.agreed_on is None and one.met_on is None:
        return LeftOut.NEVER_MET
    if audiences is not None and one.audience not in audiences:
        return LeftOut.OTHER_AUDIENCE
    return None
