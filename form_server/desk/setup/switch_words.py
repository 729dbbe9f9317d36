"""What each switch is called and says, and what a person may set it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from form_server.desk.referral.times import say_period
from form_server.settings import Forward, Often
from form_server.switches import (
    DIGEST,
    DRILL,
    FORWARD,
    MOST_MONTHS,
    RECEIPTS,
    RETENTION,
    Switches,
)
from outreach_kit.errors import UsageError

_NOON: Final = 12
_ON_OFF: Final = (("on", "On"), ("off", "Off"))
_OFTEN: Final = (
    (Often.DAILY.value, "Every day"),
    (Often.WEEKLY.value, "Once a week"),
    (Often.OFF.value, "Never"),
)
_FORWARD: Final = (
    (Forward.NOTICE.value, "Mail says that a referral came, and no more"),
    (Forward.FULL.value, "Mail carries the whole referral"),
)


@dataclass(frozen=True)
class Spoken:
    """A switch in words; `choices` are what can be picked, none where a number is typed."""

    title: str
    says: str
    choices: tuple[tuple[str, str], ...]
    say: Callable[[Switches], str]
    value: Callable[[Switches], str]


def say_hour(hour: int) -> str:
    """“7 AM”."""
    return f"{hour % _NOON or _NOON} {'AM' if hour < _NOON else 'PM'}"


def _say_retention(now: Switches) -> str:
    days = now.clock.retention_days
    if not days:
        return "Nothing is erased by itself"
    return f"Erased {say_period(days)} after closing"


def _say_digest(now: Switches) -> str:
    if now.clock.digest is Often.OFF:
        return "Off"
    often = "Every day" if now.clock.digest is Often.DAILY else "Once a week"
    return f"{often} at {say_hour(now.clock.digest_hour)}"


def _on_off(is_on: bool) -> str:
    return "on" if is_on else "off"


SPOKEN: Final[Mapping[str, Spoken]] = {
    RETENTION: Spoken(
        "Erasing old referrals",
        "So many months after a referral is closed, what it said is erased for good, at three in the "
        "night. Dates, sources and outcomes stay. Ask what the law where you practice says first.",
        (),
        _say_retention,
        lambda now: str(round(now.clock.retention_days * 12 / 365.25)),
    ),
    DRILL: Spoken(
        "Weekly drill",
        "Once a week a marked test referral comes in, and the second person is warned if nobody taps.",
        _ON_OFF,
        lambda now: "On" if now.clock.drill else "Off",
        lambda now: _on_off(now.clock.drill),
    ),
    DIGEST: Spoken(
        "Summary by mail",
        "How many came in and who still waits, in numbers, to each owner.",
        _OFTEN,
        _say_digest,
        lambda now: now.clock.digest.value,
    ),
    RECEIPTS: Spoken(
        "Receipt to the office",
        "An office that gives an address is mailed that its referral came and by when you call. "
        "No patient is named.",
        _ON_OFF,
        lambda now: "On" if now.sends_receipts else "Off",
        lambda now: _on_off(now.sends_receipts),
    ),
    FORWARD: Spoken(
        "What your own mail carries",
        "A notice leads to the desk. A whole referral lies in your mailbox, so it takes an agreement "
        "with your mail provider.",
        _FORWARD,
        lambda now: dict(_FORWARD)[now.forward.value],
        lambda now: now.forward.value,
    ),
}


def read_switch(name: str, form: Mapping[str, str]) -> str:
    """The text that is kept for what was typed or picked. Raises UsageError."""
    typed = form.get("value", "").strip()
    if name == RETENTION:
        if not (typed.isascii() and typed.isdigit() and int(typed[:5]) <= MOST_MONTHS):
            raise UsageError(f"Months are a whole number from 0 (keep) to {MOST_MONTHS}.")
        return str(int(typed))
    if typed not in dict(SPOKEN[name].choices):
        raise UsageError("Pick one of the choices.")
    if name != DIGEST:
        return typed
    hour = form.get("hour", "").strip()
    if not (hour.isascii() and hour.isdigit() and int(hour[:3]) < 2 * _NOON):
        raise UsageError("Pick the hour of the summary.")
    return f"{typed} {int(hour)}"
