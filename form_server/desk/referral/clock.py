"""The clock of one referral: how long somebody has waited, and how the promise stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from form_server.desk.referral.times import say_deadline, say_moment, say_span
from form_server.ledger import Referral

_SOON: Final = timedelta(hours=1)


class Standing(StrEnum):
    """How the promise of a call stands; also a class name in the style sheet."""

    WAITING = "waiting"
    SOON = "soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Clock:
    """`since` is the time since submission. `promise` says what is due, or what became of it, and
    `left` how much time that leaves while the clock runs; it is empty once the clock has stopped.
    `*_at` are ISO 8601, for the script that lets the times go on.
    """

    standing: Standing
    received_at: str
    since: str
    promised_at: str
    promise: str
    left: str = ""

    @property
    def is_running(self) -> bool:
        return bool(self.left)


def read_clock(referral: Referral, now: datetime, zone: ZoneInfo) -> Clock:
    """The clock at `now`; only a recorded attempt, or the end of the referral, stops it."""
    standing, promise, left = _read(referral, now, zone)
    return Clock(
        standing=standing,
        received_at=referral.received_at.isoformat(),
        since=say_span(now - referral.received_at),
        promised_at=referral.promised_by.isoformat(),
        promise=promise,
        left=left,
    )


def _read(referral: Referral, now: datetime, zone: ZoneInfo) -> tuple[Standing, str, str]:
    first, promised = referral.first_contact_at, referral.promised_by
    if referral.closed_at is not None:
        return Standing.CLOSED, f"Closed {say_moment(referral.closed_at, now, zone)}", ""
    if first is not None:
        took = say_span(first - referral.received_at)
        late = "" if first <= promised else f", {say_span(first - promised)} late"
        return Standing.ANSWERED, f"First tried after {took}{late}", ""
    if now > promised:
        when = say_moment(promised, now, zone)
        return Standing.OVERDUE, f"Promised for {when}", f"overdue by {say_span(now - promised)}"
    standing = Standing.SOON if promised - now <= _SOON else Standing.WAITING
    due = f"Call {say_deadline(promised, now, zone)}"
    return standing, due, f"{say_span(promised - now)} left"
