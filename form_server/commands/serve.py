"""`serve`: the web and the deliveries in one process, and the last good site at `/`."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from form_server.crowd import Crowd
from form_server.delivering import make_worker
from form_server.delivery import Worker
from form_server.journal import about
from form_server.settings import Settings
from form_server.state import State, open_state, utc_now
from form_server.stopping import Told

if TYPE_CHECKING:
    from form_server.desk import Judged
    from form_server.services import Services
    from form_server.serving import WebServer

log = logging.getLogger(__name__)


@click.command(name="serve", help="Answer the web and deliver, until stopped.")
def command() -> None:
    serve(Settings.from_env(os.environ, serving=True))


def serve(settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
    """Until a signal; by `clock` promises are made, kept and guarded."""
    state = open_state(settings, clock=clock, role="serve")
    try:
        _serve(state)
    finally:
        state.close()


def _serve(state: State) -> None:
    if held := len(state.ledger.holding.held()):
        log.warning("%d deliveries are on hold since the restore: run `release`", held)
    # Before anything is sent: whoever stops what has only begun cuts no mail short either.
    told = Told()
    crowd = Crowd()
    worker = make_worker(state, give_way=crowd.let_pass)
    worker.start()
    try:
        web = _load_the_rest(state, worker, crowd)
    except BaseException:
        worker.stop(within_s=5)
        raise
    from form_server.serving import serve_until_signal

    finished = serve_until_signal(web, worker, lambda: _tell_ready(state), told)
    rest = "nothing is under way" if finished else "the rest goes on at the next start"
    log.info("stopped; %s", rest, extra=about("stopped"))


def _tell_ready(state: State) -> None:
    log.info("serving %s", state.settings.url, extra=about("serving"))


def _load_the_rest(state: State, worker: Worker, crowd: Crowd) -> WebServer:
    # Late: what an earlier life left to deliver goes out while practice and web are being loaded.
    from form_server.app import furnish
    from form_server.housekeeping import make_chores
    from form_server.office.hatch import BRIEF
    from form_server.services import services_on
    from form_server.serving import WebServer, open_socket

    listener = open_socket(state.settings.host, state.settings.port)
    services = services_on(state)
    services.worker_alive = worker.is_alive
    worker.keep(make_chores(services, crowd.let_pass))
    app = furnish(services, lambda: _examine(services))
    phone = services.practice.contact.phone.display
    farewell = (
        f"Nothing was stored: we are restarting. Send it again in a minute, or call {phone}.\n"
    )
    brief = frozenset({BRIEF} if services.ledger.is_sqlite else ())
    return WebServer(app, listener, crowd, farewell=farewell, brief=brief)


def _examine(services: Services) -> Iterator[Judged]:
    # Late: asked for by a button, and no start waits for what looks names up.
    from form_server.doctor.at_the_desk import make_examiner

    return make_examiner(services)()
