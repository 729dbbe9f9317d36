"""The desk's printing room: one press for the whole process, and one pair of hands at it.

Sheets are set one after another in a thread of their own, so that printing for hundreds of offices
holds one compiler in memory and leaves the other cores to whoever sends a referral meanwhile. The
folder that it needs holds fonts and nothing else.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from outreach_kit.paper import Paper, Press, SheetJob
from outreach_kit.practice import Practice

_LETTER_LANDS = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""CLDR, measurement data, paper size “US-Letter”; A4 elsewhere."""


@dataclass(frozen=True)
class PressRoom:
    """All that decides the bytes of a sheet besides its job; made once for an order."""

    practice: Practice
    form_url: str
    today: dt.date

    def print(self, job: SheetJob) -> bytes:
        """PDF/UA-1, never on the disk. Raises ContentError when it does not hold on its page."""
        return in_turn(lambda: self._set(job))

    @property
    def paper(self) -> Paper:
        """What offices and homes hold where the practice is."""
        is_letter = self.practice.address.country in _LETTER_LANDS
        return Paper.LETTER if is_letter else Paper.A4

    @property
    def timestamp(self) -> int:
        """The day's beginning, so that a day's prints of one sheet are the same."""
        midnight = dt.datetime.combine(self.today, dt.time(), self.practice.time_zone)
        return int(midnight.timestamp())

    def _set(self, job: SheetJob) -> bytes:
        return (
            _press()
            .pdf(
                job,
                self.practice,
                today=self.today,
                timestamp=self.timestamp,
                form_url=self.form_url,
                site_url=self.practice.identity.site_url,
            )
            .bytes
        )


def in_turn(work: Callable[[], bytes]) -> bytes:
    """What else is set for many at once, after whatever lies at the press. Raises what it raises."""
    return _hands().submit(work).result()


@functools.cache
def _hands() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")


@functools.cache
def _press() -> Press:
    """Called by the one thread alone."""
    folder = TemporaryDirectory(prefix="handoff-fonts-")
    atexit.register(folder.cleanup)
    return Press(Path(folder.name))
