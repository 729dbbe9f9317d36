"""`worker`: the deliveries alone, in a process of their own, as many as are wanted; on PostgreSQL."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime

import click

from form_server.delivering import make_worker
from form_server.journal import about
from form_server.services import services_on
from form_server.settings import Settings
from form_server.state import open_state, utc_now
from form_server.stopping import GRACE_S, Told
from outreach_kit.errors import UsageError

log = logging.getLogger(__name__)


@click.command(name="worker", help="Deliver, beside web processes on the same PostgreSQL database.")
def command() -> None:
    work(Settings.from_env(os.environ, serving=True))


def work(settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
    """Until a signal. Raises UsageError on SQLite, whose one process does it all."""
    if settings.is_sqlite:
        raise UsageError(
            "A worker of its own needs PostgreSQL. On SQLite one process does everything: run "
            "`python -m form_server serve`, or set HANDOFF_DATABASE_URL to a PostgreSQL database."
        )
    # Late: `make_chores` loads the clock of every promise, and the refusal above needs none of it.
    from form_server.housekeeping import make_chores

    state = open_state(settings, clock=clock, role="worker")
    try:
        told = Told()
        worker = make_worker(state)
        worker.start()
        worker.keep(make_chores(services_on(state), takes_in=False))
        log.info("delivering from %s", state.ledger.shown, extra=about("delivering"))
        told.wait()
        finished = worker.stop(GRACE_S)
    finally:
        state.close()
    rest = (
        "nothing is under way" if finished else "the rest goes on elsewhere, or at the next start"
    )
    log.info("stopped; %s", rest, extra=about("stopped"))
