"""`serve`: the web and the deliveries in one process, and the last good site at `/`."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime

import click

from form_server.crowd import Crowd
from form_server.delivering import make_worker
from form_server.services import Services, open_services, utc_now
from form_server.serving import WebServer, open_socket, serve_until_signal
from form_server.settings import Settings

log = logging.getLogger(__name__)


@click.command(name="serve", help="Answer the web and deliver, until stopped.")
def command() -> None:
    serve(Settings.from_env(os.environ, serving=True))


def serve(settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
    """Until a signal; by `clock` promises are made, kept and guarded."""
    services = open_services(settings, clock=clock)
    try:
        _serve(services, settings)
    finally:
        services.close()


def _serve(services: Services, settings: Settings) -> None:
    if held := len(services.ledger.holding.held()):
        log.warning("%d deliveries are on hold since the restore: run `release`", held)
    listener = open_socket(settings.host, settings.port)
    crowd = Crowd()
    worker = make_worker(services, give_way=crowd.let_pass)
    services.worker_alive = worker.is_alive
    worker.start()
    try:
        # Late: what an earlier life left to deliver goes out while the web is being loaded.
        from form_server.app import furnish

        web = WebServer(furnish(services), listener, crowd)
    except BaseException:
        worker.stop(within_s=5)
        raise
    finished = serve_until_signal(web, worker, lambda: log.info("serving %s", settings.url))
    rest = "nothing is under way" if finished else "the rest goes on at the next start"
    log.info("stopped; %s", rest)
