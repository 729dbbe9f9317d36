"""The real server by a clock that a test sets: `python -m tests.house.moved_clock FILE`.

The file holds the moment that it shall be. From then on the clock runs as clocks do, until the file
says otherwise.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from form_server.commands.serve import serve
from form_server.settings import Settings


@dataclass
class MovedClock:
    """Aware UTC; shared by all threads of one server."""

    file: Path
    _set: tuple[str, datetime, float] = field(
        default=("", datetime.min.replace(tzinfo=UTC), 0.0), repr=False
    )

    def __call__(self) -> datetime:
        written = self.file.read_text()
        if written != self._set[0]:
            self._set = (written, datetime.fromisoformat(written), time.monotonic())
        _, moment, since_s = self._set
        return moment + timedelta(seconds=time.monotonic() - since_s)


def set_clock(file: Path, moment: datetime) -> None:
    """In one step, so that nobody reads half a moment."""
    beside = file.with_suffix(".new")
    beside.write_text(moment.isoformat())
    beside.replace(file)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    serve(Settings.from_env(os.environ, serving=True), MovedClock(Path(sys.argv[1])))
