"""The practice as it stands now: its folder, with what was changed at the desk laid over it.

Hours, closings and the promise change from one day to the next, on a phone; all else in the folder
is slow to change. Whoever counts with them asks here each time.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from form_server.ledger import DeskSetting, Ledger, LedgerUnavailable
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import Hours, Promise

HOURS: Final = "hours"
PROMISE: Final = "promise"
_TRUSTED_S: Final = 1.0

_log = logging.getLogger(__name__)


class CurrentPractice:
    """Asks the ledger once a second at most, and gives the same object until something changed.

    A ledger that cannot be read changes nothing. Safe to share between threads.
    """

    def __init__(
        self,
        folder: Practice,
        ledger: Ledger,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._ledger = ledger
        self._monotonic_s = monotonic_s
        self._known: tuple[Mapping[str, str], Practice] = ({}, folder)
        self._checked_s: float | None = None

    def __call__(self) -> Practice:
        now_s = self._monotonic_s()
        if self._checked_s is None or now_s - self._checked_s >= _TRUSTED_S:
            self._checked_s = now_s  # first: of many that come at once, one asks
            self._refresh()
        return self._known[1]

    def forget(self) -> None:
        """After a change by this process: the next question is answered afresh."""
        self._checked_s = None

    def _refresh(self) -> None:
        try:
            found = _values(self._ledger.desk_settings.all())
        except LedgerUnavailable:
            return
        if found != self._known[0]:
            self._known = (found, lay_over(self.folder, found))


def lay_over(folder: Practice, found: Mapping[str, str]) -> Practice:
    """The practice with these settings, each as `parse_hours` and `parse_promise` read it.

    One that this version does not understand is left out, and the log says so: the folder's holds.
    """
    changes: dict[str, Hours | Promise] = {}
    for name, parse in ((HOURS, parse_hours), (PROMISE, parse_promise)):
        if name not in found:
            continue
        try:
            changes[name] = parse(found[name])
        except ValueError:
            _log.exception("the desk's setting “%s” is not understood: the folder's holds", name)
    if not changes:
        return folder
    return replace(folder, facts=folder.facts.model_copy(update=changes))


def parse_hours(text: str) -> Hours:
    """From JSON, days as ISO 8601. Raises ValueError, which Invalid is."""
    values = json.loads(text)
    days = [date.fromisoformat(one) for one in values.pop("closed_on", [])]
    return Hours.model_validate({**values, "closed_on": days})


def parse_promise(text: str) -> Promise:
    """From JSON; raises ValueError."""
    return Promise.model_validate(json.loads(text))


def _values(settings: Mapping[str, DeskSetting]) -> dict[str, str]:
    return {
        name: one.value
        for name, one in settings.items()
        if name in (HOURS, PROMISE) and one.value is not None
    }
