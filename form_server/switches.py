"""What the server does by itself, as it stands now: the environment's word, with the desk's over it.

Retention, drill, digest, receipts by mail and how much of a referral leaves by mail are decided by an
owner. Whoever acts on one asks here each time, so that a change holds without a restart.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from form_server.ledger import Ledger, LedgerUnavailable
from form_server.settings import ClockSettings, Forward, Often, Settings

RETENTION: Final = "retention_months"
DRILL: Final = "drill"
DIGEST: Final = "digest"
RECEIPTS: Final = "receipts"
FORWARD: Final = "forward"
NAMES: Final = (RETENTION, DRILL, DIGEST, RECEIPTS, FORWARD)
MOST_MONTHS: Final = 1200
_MONTH_DAYS: Final = 365.25 / 12
_TRUSTED_S: Final = 1.0
_DAY_HOURS: Final = 24

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Switches:
    """`sends_receipts` is the mail with which an office is told that its referral came."""

    clock: ClockSettings
    sends_receipts: bool = True
    forward: Forward = Forward.NOTICE

    @classmethod
    def of(cls, settings: Settings) -> Switches:
        """As the environment says."""
        return cls(settings.clock, forward=settings.forward)


class CurrentSwitches:
    """Asks the ledger once a second at most, and gives the same object until something changed.

    A ledger that cannot be read changes nothing. Safe to share between threads.
    """

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.default = Switches.of(settings)
        self._is_encrypted = settings.mail is not None and settings.mail.is_encrypted
        self._ledger = ledger
        self._monotonic_s = monotonic_s
        self._known: tuple[Mapping[str, str], Switches] = ({}, self.default)
        self._checked_s: float | None = None

    def __call__(self) -> Switches:
        now_s = self._monotonic_s()
        if self._checked_s is None or now_s - self._checked_s >= _TRUSTED_S:
            self._checked_s = now_s  # first: of many that come at once, one asks
            self._refresh()
        return self._known[1]

    def forget(self) -> None:
        """After a change by this process: the next question is answered afresh."""
        self._checked_s = None

    @property
    def may_carry_whole(self) -> bool:
        """Whether mail goes over verified TLS, without which no referral leaves whole."""
        return self._is_encrypted

    def _refresh(self) -> None:
        try:
            there = self._ledger.desk_settings.all()
        except LedgerUnavailable:
            return
        found = {
            name: there[name].value or ""
            for name in NAMES
            if name in there and there[name].value is not None
        }
        if found != self._known[0]:
            switches = lay_over(self.default, found)
            if FORWARD in found and not self._is_encrypted:
                switches = replace(switches, forward=Forward.NOTICE)
            self._known = (found, switches)


def lay_over(default: Switches, found: Mapping[str, str]) -> Switches:
    """The default with these over it.

    One that this version does not understand is left out, and the log says so: the default holds.
    """
    switches = default
    for name, text in found.items():
        try:
            switches = _turn(switches, name, text)
        except ValueError:
            _log.error("the desk's setting “%s” is not understood: the default holds", name)
    return switches


def days_of(months: int) -> int:
    """Never fewer days than the months have."""
    if not 0 <= months <= MOST_MONTHS:
        raise ValueError(months)
    return math.ceil(months * _MONTH_DAYS)


def _turn(switches: Switches, name: str, text: str) -> Switches:
    """With one of them changed. Raises ValueError."""
    clock = switches.clock
    if name == RETENTION:
        return replace(switches, clock=replace(clock, retention_days=days_of(int(text))))
    if name == DRILL:
        return replace(switches, clock=replace(clock, drill=_is_on(text)))
    if name == DIGEST:
        often, _, hour = text.partition(" ")
        at = int(hour) if hour else clock.digest_hour
        if not 0 <= at < _DAY_HOURS:
            raise ValueError(hour)
        return replace(switches, clock=replace(clock, digest=Often(often), digest_hour=at))
    if name == RECEIPTS:
        return replace(switches, sends_receipts=_is_on(text))
    return replace(switches, forward=Forward(text))


def _is_on(text: str) -> bool:
    if text not in {"on", "off"}:
        raise ValueError(text)
    return text == "on"
