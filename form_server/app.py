"""The whole server as one WSGI application: each room made, given what it needs, and joined.

`serve` starts the threads that deliver beside it; under a WSGI server of your own this is the web
alone, and `worker` delivers.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from flask import Flask, Response, request
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from form_server.desk import Desk, install_desk
from form_server.expected import require_expected_state
from form_server.ledger import Ledger, NotFound, ProcessLock, SchemaMismatch
from form_server.office import (
    SafeHeaders,
    Sharing,
    install_office,
    install_trouble,
    open_office,
)
from form_server.office.answers import answer_not_stored
from form_server.office.bodies import MAX_BODY_BYTES
from form_server.office.counter import the_office
from form_server.settings import Settings
from form_server.vault import PublicKey, ServerKey
from outreach_kit.errors import HandoffError
from outreach_kit.practice import Practice, load_practice
from outreach_kit.promise import promise_by
from outreach_kit.publish.cache import ByteCache
from outreach_kit.web import Assets, collect_assets

_EXTENSION: Final = "handoff"
_STATIC: Final = Path(__file__).parent / "static"
_INIT: Final = "Run: python -m form_server init"

_log = logging.getLogger(__name__)


class NotSetUp(HandoffError):
    """Something that `init` makes is not there, so a referral could not be kept or told of."""

    def __init__(self, what: str, todo: str = _INIT) -> None:
        self.what = what
        self.todo = todo
        super().__init__(f"{what} {todo}")


@dataclass
class Services:
    """What the rooms share; `close` lets go of all of it.

    `worker_alive` is set by whoever starts a worker in this process; None means that another
    process delivers.
    """

    settings: Settings
    practice: Practice
    ledger: Ledger
    server_key: ServerKey = field(repr=False)
    clock: Callable[[], datetime]
    lock: ProcessLock | None = None
    worker_alive: Callable[[], bool] | None = None

    def is_delivering(self) -> bool | None:
        return None if self.worker_alive is None else self.worker_alive()

    def close(self) -> None:
        self.ledger.close()
        if self.lock is not None:
            self.lock.release()


class QuietFlask(Flask):
    """Flask whose log of a bug shows where, and never with what: messages may quote a request."""

    def log_exception(
        self,
        exc_info: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> None:
        kind, _, trace = exc_info
        places = "".join(traceback.format_tb(trace)).rstrip()
        name = kind.__qualname__ if kind else "nothing"
        _log.error("%s while answering %s:\n%s", name, request.endpoint, places)


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """The application; without `settings`, as the environment says.

    Raises SettingsError (no channel too), ContentError, NotSetUp, StateMissing, OtherState,
    AlreadyServing when another process serves the same SQLite state, SchemaMismatch,
    LedgerUnavailable.
    """
    settings = settings or Settings.from_env(os.environ, serving=True)
    settings.require_channel()
    practice = load_practice(settings.practice)
    services = _open_services(settings, practice, clock)
    try:
        return _furnish(services)
    except BaseException:
        services.close()
        raise


def refuse_other_processes() -> Response | None:
    """503 under a server of several processes: each would hold SQLite's one writer against the rest."""
    if not request.is_multiprocess:
        return None
    _log.error(
        "This server runs several processes on SQLite, which has one writer. Run one process, as "
        "`python -m form_server serve` does, or set HANDOFF_DATABASE_URL to a PostgreSQL database."
    )
    return answer_not_stored(the_office())


def services_of(app: Flask) -> Services:
    """What `create_app` opened for this app."""
    services = app.extensions[_EXTENSION]
    if not isinstance(services, Services):
        raise TypeError("the app was not made by create_app")
    return services


def _open_services(
    settings: Settings, practice: Practice, clock: Callable[[], datetime]
) -> Services:
    require_expected_state(settings)  # first: nothing is made in a folder that should not be empty
    lock = None
    if settings.is_sqlite:
        lock = ProcessLock(settings.var / "serve.lock")
        lock.acquire()
    try:
        if not settings.key_file.is_file():
            raise NotSetUp(f"There is no server key at {settings.key_file}.")
        server_key = ServerKey.load(settings.key_file)
        ledger = Ledger.open(settings.database_url, clock=clock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Services(settings, practice, ledger, server_key, clock, lock)


def _furnish(services: Services) -> Flask:
    settings, practice, ledger = services.settings, services.practice, services.ledger
    _require_founded(ledger)
    # Counted once at the start: a promise that cannot be counted is found now, not by an office.
    promise_by(services.clock(), practice.hours, practice.promise, practice.time_zone)
    assets = _collect_assets(settings, practice)
    app = QuietFlask("form_server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.jinja_env.undefined = StrictUndefined
    app.extensions[_EXTENSION] = services
    office = open_office(
        settings,
        practice,
        ledger,
        services.server_key,
        assets,
        services.clock,
        services.is_delivering,
    )
    install_trouble(app)
    if ledger.is_sqlite:
        app.before_request(refuse_other_processes)
    app.after_request(Sharing.of(settings, practice).apply)
    install_office(app, office)
    install_desk(app, _make_desk(services, assets))
    app.wsgi_app = SafeHeaders(app.wsgi_app, settings)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    return app


def _require_founded(ledger: Ledger) -> None:
    """Raises NotSetUp unless every inbox has a key that seals and somebody who is told."""
    try:
        ledger.require_current_schema()
    except SchemaMismatch as mismatch:
        if mismatch.found is None:
            raise NotSetUp(f"The ledger at {ledger.shown} is empty.") from mismatch
        raise
    inboxes = ledger.inboxes.all()
    if not inboxes:
        raise NotSetUp(f"The ledger at {ledger.shown} has no inbox, so nothing could be sealed.")
    for inbox in inboxes:
        try:
            PublicKey.from_bytes(ledger.inboxes.active_key(inbox.id).public_key)
        except NotFound as error:
            raise NotSetUp(f"The inbox of {inbox.name} has no key.") from error
        if not ledger.inboxes.recipients(inbox.id):
            raise NotSetUp(
                f"The inbox of {inbox.name} has no recipient, so nobody would be told.",
                "Add one at the desk, or run: python -m form_server init",
            )


def _collect_assets(settings: Settings, practice: Practice) -> Assets:
    cache = ByteCache(settings.var / "cache" / "build")  # the build's own, when it ran here
    return collect_assets(practice, cache, {"desk.css": (_STATIC / "desk.css").read_text("utf-8")})


def _make_desk(services: Services, assets: Assets) -> Desk:
    return Desk(
        ledger=services.ledger,
        practice=lambda: services.practice,
        public_url=services.settings.url,
        server_key=services.server_key,
        assets=assets.manifest,
        clock=services.clock,
    )
