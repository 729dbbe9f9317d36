"""`serve`: the web and the deliveries in one process, and the last good site at `/`."""

from __future__ import annotations

import logging
import os

import click

from form_server.app import create_app, services_of
from form_server.delivering import make_worker
from form_server.serving import WebServer, open_socket, serve_until_signal
from form_server.settings import Settings

log = logging.getLogger(__name__)


@click.command(name="serve", help="Answer the web and deliver, until stopped.")
def command() -> None:
    settings = Settings.from_env(os.environ, serving=True)
    app = create_app(settings)
    services = services_of(app)
    if held := len(services.ledger.holding.held()):
        log.warning("%d deliveries are on hold since the restore: run `release`", held)
    try:
        listener = open_socket(settings.host, settings.port)
        worker = make_worker(services)
        services.worker_alive = worker.is_alive
        web = WebServer(app, listener)
        finished = serve_until_signal(web, worker, lambda: log.info("serving %s", settings.url))
        log.info(
            "stopped; %s",
            "nothing is under way" if finished else "the rest goes on at the next start",
        )
    finally:
        services.close()
