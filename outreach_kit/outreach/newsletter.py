"""To whom a newsletter may go, and when: at most once a quarter, to those who agreed or were met.

An address that has unsubscribed is out, whoever else has it and however often it is imported again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from enum import StrEnum
from typing import Final

from outreach_kit.frozen import frozen

QUARTER_DAYS: Final = 90


@frozen
class Reader:
    """One who could be sent it. `met_on` is when somebody of the practice last saw them or was there;
    `person` is an id, empty for an office's own mailbox."""

    name: str
    address: str
    audience: str = ""
    source: str = ""
    agreed_on: dt.date | None = None
    met_on: dt.date | None = None
    person: str = ""


class LeftOut(StrEnum):
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"
    NEVER_MET = "never_met"
    OTHER_AUDIENCE = "other_audience"
    SAME_ADDRESS = "same_address"
    TOO_SOON = "too_soon"


@frozen
class Mailing:
    """`readers` have an address each that no other has; `left_out` says of all others why."""

    readers: tuple[Reader, ...]
    left_out: tuple[tuple[Reader, LeftOut], ...]


def first_day_that_counts(today: dt.date) -> dt.date:
    """Whoever was written to on this day or later is not written to today."""
    return today - dt.timedelta(days=QUARTER_DAYS - 1)


def free_on(mailed_on: dt.date) -> dt.date:
    """The first day on which somebody may be written to again."""
    return mailed_on + dt.timedelta(days=QUARTER_DAYS)


def plan_mailing(
    candidates: Iterable[Reader],
    unsubscribed: Container[str],
    audiences: Container[str] | None = None,
    lately: Container[str] = frozenset(),
) -> Mailing:
    """`unsubscribed` and `lately`, who were written to within the quarter, are addresses as
    `plain_address` writes them; without `audiences`, all.

    Of several with one address the first that may be sent it is, in the order given.
    """
    readers: dict[str, Reader] = {}
    left_out = []
    for one in candidates:
        address = plain_address(one.address)
        why = _why_not(one, address, unsubscribed, audiences)
        if why is None and address in readers:
            why = LeftOut.SAME_ADDRESS
        if why is None and address in lately:
            why = LeftOut.TOO_SOON
        if why is None:
            readers[address] = one
        else:
            left_out.append((one, why))
    return Mailing(tuple(readers.values()), tuple(left_out))


def plain_address(address: str) -> str:
    """As two addresses are compared: mail servers tell large letters from small ones in theory only."""
    return address.strip().casefold()


def _why_not(
    one: Reader, address: str, unsubscribed: Container[str], audiences: Container[str] | None
) -> LeftOut | None:
    if not address:
        return LeftOut.NO_ADDRESS
    if address in unsubscribed:
        return LeftOut.UNSUBSCRIBED
    if one.agreed_on is None and one.met_on is None:
        return LeftOut.NEVER_MET
    if audiences is not None and one.audience not in audiences:
        return LeftOut.OTHER_AUDIENCE
    return None
