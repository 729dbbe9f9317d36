"""The whole server as one WSGI application: each room made, given what it needs, and joined.

`serve` starts the threads that deliver beside it; under a WSGI server of your own this is the web
alone, and `worker` delivers.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Final

from flask import Flask, Response, request
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from form_server.access_log import install_access_log
from form_server.desk import Desk, Handling, Judged, Machine, install_desk, style_rules
from form_server.disk import DiskWatch
from form_server.host_settings import LogFormat, wanted_format
from form_server.journal import about, keep_log
from form_server.metrics import install_metrics
from form_server.office import (
    Hatch,
    SafeHeaders,
    Sharing,
    install_office,
    install_trouble,
    open_office,
)
from form_server.office.answers import answer_not_stored
from form_server.office.bodies import MAX_BODY_BYTES
from form_server.office.counter import the_office
from form_server.recipients import check_address
from form_server.services import NotSetUp, Services, open_services, utc_now
from form_server.settings import Forward, Settings
from form_server.switches import CurrentSwitches
from form_server.version import own_version
from outreach_kit.practice import Practice
from outreach_kit.promise import promise_by, recall_holidays
from outreach_kit.publish.cache import ByteCache
from outreach_kit.web import Assets, collect_assets

_EXTENSION: Final = "handoff"

__all__ = ["NotSetUp", "Services", "create_app", "furnish", "services_of"]

_log = logging.getLogger(__name__)


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
        told = about("failed", error=name, endpoint=request.endpoint)
        # Without `exc_info`: whatever handler another server has set up would print the text.
        _log.error("%s while answering %s:\n%s", name, request.endpoint, places, extra=told)


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    own_mailbox: bool = False,
) -> Flask:
    """The application; without `settings`, as the environment says.

    `own_mailbox` is said by the demo alone: the mail server is inside this process.
    Raises what `open_services` raises.
    """
    if settings is None:
        _keep_log(wanted_format(os.environ))
    services = open_services(
        settings or Settings.from_env(os.environ, serving=True),
        clock=clock,
        own_mailbox=own_mailbox,
    )
    try:
        return furnish(services)
    except BaseException:
        services.close()
        raise


def _keep_log(log_format: LogFormat) -> None:
    """Lines of text are left to the server that runs this, where it has set up a log already."""
    if log_format is LogFormat.JSON or not logging.getLogger().handlers:
        keep_log(log_format, "web")


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


def furnish(services: Services, examine: Callable[[], Iterable[Judged]] | None = None) -> Flask:
    """The web on these services; who opened them closes them.

    `examine` is what the desk's button for a check of the ways out asks.
    """
    settings, practice, ledger = services.settings, services.practice, services.ledger
    _recall_holidays(settings, practice, services.clock().year)
    # Counted once at the start: a promise that cannot be counted is found now, not by an office.
    promise_by(services.clock(), practice.hours, practice.promise, practice.time_zone)
    assets = _collect_assets(settings, practice)
    app = QuietFlask("form_server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.jinja_env.undefined = StrictUndefined
    app.extensions[_EXTENSION] = services
    office = open_office(
        settings,
        services.current,
        ledger,
        services.server_key,
        assets,
        services.clock,
        services.is_delivering,
        services.blanks,
        services.slips,
        own_mailbox=services.own_mailbox,
    )
    install_trouble(app)
    if ledger.is_sqlite:
        app.before_request(refuse_other_processes)
    sharing = Sharing.of(settings, practice)
    app.after_request(sharing.apply)
    install_office(app, office)
    install_metrics(app, services, own_version())
    install_desk(app, _make_desk(services, assets, examine))
    app.wsgi_app = SafeHeaders(Hatch(app.wsgi_app, office, sharing), settings)  # type: ignore[method-assign]
    if settings.host_side.log_format is LogFormat.JSON:
        install_access_log(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    return app


def _recall_holidays(settings: Settings, practice: Practice, year: int) -> None:
    """From the last start's notes: working them out anew takes half a second."""
    years = range(year - 1, year + 3)
    recall_holidays(practice.hours.holidays, years, _cache(settings))


def _cache(settings: Settings) -> ByteCache:
    return ByteCache(settings.var / "cache" / "build")  # the build's own, when it ran here


def _collect_assets(settings: Settings, practice: Practice) -> Assets:
    cache = _cache(settings)
    return collect_assets(practice, cache, {"desk.css": style_rules()})


def _make_desk(
    services: Services, assets: Assets, examine: Callable[[], Iterable[Judged]] | None
) -> Desk:
    return Desk(
        ledger=services.ledger,
        practice=services.current,
        current=services.current,
        check_address=lambda way, address: check_address(way, address, services.settings),
        public_url=services.settings.url,
        server_key=services.server_key,
        assets=assets.manifest,
        clock=services.clock,
        mail_domain=services.settings.mail_domain,
        handling=_handling(services),
        switches=CurrentSwitches(services.settings, services.ledger),
        machine=Machine(
            is_delivering=services.is_delivering,
            free_mb=DiskWatch.of(services.settings).free_mb,
            floor_mb=services.settings.disk_floor_mb,
            version=own_version(),
            examine=examine,
        ),
    )


def _handling(services: Services) -> Handling:
    settings = services.settings
    handling = Handling(
        mail_server=settings.mail.host if settings.mail else "",
        forwards_whole=settings.forward is Forward.FULL,
        own_mailbox=services.own_mailbox,
        retention_days=settings.clock.retention_days,
    )
    if settings.mail is None:
        return handling
    return replace(
        handling,
        newsletters_a_minute=settings.mail.newsletters_a_minute,
        newsletters_a_day=settings.mail.newsletters_a_day,
    )
