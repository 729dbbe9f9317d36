"""A stage on a real port, for a real browser."""

from __future__ import annotations

import functools
import mimetypes
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from form_server.desk import style_rules
from form_server.desk.entry.sessions import begin_session
from form_server.ledger import Ledger
from form_server.vault import PrivateKey
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.web import Assets, collect_assets
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.stage import MovableClock, Stage, make_stage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from playwright.sync_api import Page


class SilentHandler(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nothing: requests of tests interest nobody."""


@pytest.fixture(scope="session")
def assets() -> Assets:
    return _collect()


@functools.cache
def _collect() -> Assets:
    """Once for all: each place that imports the fixture has a fixture of its own."""
    practice = load_practice(SAMPLE_PRACTICE)
    return collect_assets(practice, lambda _, make: make(), {"desk.css": style_rules()})


@contextmanager
def on_a_port(founded: Founded, assets: Assets, folder: Path, host: str) -> Iterator[Stage]:
    """A stage on a loopback port, with the style sheet as the server bundles it."""
    original, founding, user_key = founded
    copy, clock = folder / "ledger.db", MovableClock()
    shutil.copyfile(original, copy)
    gate = Gate()
    server = make_server("127.0.0.1", 0, gate, threaded=True, request_handler=SilentHandler)
    with Ledger.open(f"sqlite:///{copy}", clock=clock) as ledger:
        url = f"http://{host}:{server.server_port}"
        stage = make_stage(ledger, clock, founding, user_key, url, assets.manifest)
        serve_assets(stage.app, assets)
        gate.app = stage.app
        with running(server):
            yield stage


def enter(
    page: Page,
    stage: Stage,
    path: str = "/desk/",
    *,
    user_id: str = "",
    key: PrivateKey | None = None,
) -> None:
    """Signed in without the work of opening the lock, and at the page of this path."""
    user = stage.ledger.people.user(user_id or stage.founding.user_id)
    token = begin_session(stage.desk, user, key or stage.user_key, "").token
    page.context.add_cookies(
        [
            {
                "name": "desk", "value": token, "url": stage.origin,
                "httpOnly": True, "sameSite": "Strict",
            }
        ]
    )  # fmt: skip
    page.goto(stage.origin + path)


class Gate:
    """Holds the port until the app, which must know its address, is there."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start)


class running:  # noqa: N801 - reads as a word in a with statement
    def __init__(self, server: BaseWSGIServer) -> None:
        self._server = server
        # It looks this often whether it may end, and every test waits for that.
        often = {"poll_interval": 0.02}
        self._thread = threading.Thread(target=server.serve_forever, kwargs=often, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


def serve_assets(app: Flask, assets: Assets) -> None:
    def show_asset(name: str) -> Response:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(assets.files[f"/assets/{name}"], mimetype=kind)

    app.add_url_rule("/assets/<path:name>", view_func=show_asset)
