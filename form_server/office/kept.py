"""The office's own part of a referral, kept for its next one: in memory, for minutes, and never on disk.

The receipt's page hands it back as hidden fields, so that “Refer another patient” needs no script.
Where several processes answer, the one that did not take the referral in has an empty form to offer.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from form_server.office.submission import Kind, Submission

KEPT_FIELDS: Final = (
    "referrer_name", "referrer_office", "referrer_phone", "referrer_role", "referrer_email",
    "referrer_fax", "report_back", "source",
)  # fmt: skip
_KEPT_FOR: Final = timedelta(minutes=10)
_MOST: Final = 500

Part = tuple[tuple[str, str], ...]
_values_of = attrgetter(*KEPT_FIELDS)


class KeptParts:
    """By status token. Safe to share between threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._parts: OrderedDict[str, tuple[datetime, tuple[str, ...]]] = OrderedDict()

    def keep(self, token: str, submission: Submission) -> None:
        """Nothing of a patient: not of an office's referral, and nothing at all of a patient's own."""
        if submission.kind is not Kind.OFFICE:
            return
        values = _values_of(submission)
        now = self._clock()
        with self._lock:
            self._parts[token] = (now + _KEPT_FOR, values)
            self._parts.move_to_end(token)
            self._forget(now)

    def of(self, token: str) -> Part:
        """What was kept, or nothing when its minutes are over."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            _, values = self._parts.get(token, (now, ()))
        return tuple((name, text) for name, text in zip(KEPT_FIELDS, values, strict=False) if text)

    def _forget(self, now: datetime) -> None:
        while self._parts:
            oldest, (ends_at, _) = next(iter(self._parts.items()))
            if ends_at > now and len(self._parts) <= _MOST:
                return
            del self._parts[oldest]
