"""A worker whose clock goes wrong by so many seconds: `python -m tests.torture.askew SECONDS`."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime, timedelta

from form_server.commands.worker import work
from form_server.settings import Settings

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    wrong_by = timedelta(seconds=float(sys.argv[1]))
    work(Settings.from_env(os.environ, serving=True), lambda: datetime.now(UTC) + wrong_by)
