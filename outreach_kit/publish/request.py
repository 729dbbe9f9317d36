"""What one build is asked to do."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import field
from pathlib import Path
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE

DEFAULT_OUT: Final = CHECKOUT / "_site"
DEFAULT_CACHE: Final = CHECKOUT / "var" / "cache" / "build"
PAPERS: Final = ("letter", "a4")


@frozen
class SourceName:
    """An office for which sheets are made: its opaque code, and the name as it should be printed."""

    code: str
    name: str
    audience: str = ""
    """Slug of the audience whose words the office gets; empty for the first one's."""


@frozen
class BuildRequest:
    """The command line of build.py, parsed; or what the demo asks for.

    `timestamp` (seconds since the epoch) is given when SOURCE_DATE_EPOCH is set: it then decides the
    day and the date inside the PDFs. `only` is empty for everything, or `site`, `paper`, or a sheet.
    """

    practice: Path = SAMPLE_PRACTICE
    out: Path = DEFAULT_OUT
    cache: Path = DEFAULT_CACHE
    only: str = ""
    papers: tuple[str, ...] = PAPERS
    sources: tuple[SourceName, ...] = ()
    clinicians: tuple[str, ...] = ()
    """Slugs of those for whom alone sheets are made; empty for everybody."""
    form_url: str | None = None
    site_url: str | None = None
    jobs: int = 0
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    timestamp: int | None = None

    @property
    def prints(self) -> Path:
        """The folder with everything to print, beside the site: what is in it is not published."""
        return self.out.with_name(f"{self.out.name}-print")

    @property
    def workers(self) -> int:
        """So many things are done at once."""
        return self.jobs or os.cpu_count() or 1

    @property
    def is_sample(self) -> bool:
        return self.practice.resolve() == SAMPLE_PRACTICE

    @property
    def moment(self) -> dt.datetime:
        """The moment that the build takes for now."""
        if self.timestamp is None:
            return self.now
        return dt.datetime.fromtimestamp(self.timestamp, dt.UTC)

    def key(self) -> dict[str, object]:
        """All that decides the output besides the files that are read."""
        return {
            "practice": str(self.practice.resolve()),
            "only": self.only,
            "papers": list(self.papers),
            "clinicians": list(self.clinicians),
            "sources": [[one.code, one.name, one.audience] for one in self.sources],
            "form_url": self.form_url,
            "site_url": self.site_url,
            "timestamp": self.timestamp,
        }
