"""Sets the stage: the site built, keys made, server, worker and mailbox running on loopback."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form_server.app import create_app, services_of
from form_server.delivering import make_worker
from form_server.demo.mailbox import Mailbox, SmtpThread, create_mailbox_app
from form_server.founding import Founding, found
from form_server.housekeeping import make_chores
from form_server.ledger import Ledger, ProcessLock
from form_server.office.hatch import BRIEF
from form_server.serving import WebServer, open_socket
from form_server.settings import Forward, MailSettings, Settings
from form_server.vault import ServerKey
from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.publish.building import build
from outreach_kit.publish.manifest import read_manifest
from outreach_kit.publish.request import DEFAULT_CACHE, DEFAULT_OUT, BuildRequest
from outreach_kit.publish.result import BuildResult

VAR: Final = CHECKOUT / "var" / "demo"
EMAIL: Final = "nora@harborstreet.example"
NAME: Final = "Nora Ellison"
HOST: Final = "127.0.0.1"
WEB_PORT, MAILBOX_PORT = 8080, 8025
PORTS_TO_TRY: Final = 40


@dataclass(frozen=True)
class Stage:
    """Everything that runs, where it is, and how to sign in."""

    base_url: str
    mailbox_url: str
    built: BuildResult
    built_ms: float
    founding: Founding
    mailbox: Mailbox
    moved: tuple[tuple[int, int], ...]
    """Ports that were taken, and the ones used in their place."""
    strike: Callable[[], None]
    """Stops it all, in an orderly way."""


def set_stage(forward: Forward = Forward.NOTICE) -> Stage:
    """Raises ContentError, MachineError or AlreadyServing when another demo runs."""
    web_listener = open_socket(HOST, WEB_PORT, more_ports=PORTS_TO_TRY)
    mailbox_listener = open_socket(HOST, MAILBOX_PORT, more_ports=PORTS_TO_TRY)
    web_port, mailbox_port = (one.getsockname()[1] for one in (web_listener, mailbox_listener))
    base_url = f"http://{HOST}:{web_port}"
    began = time.perf_counter()
    out = _place_for_site()
    built = build(BuildRequest(out=out, form_url=base_url, site_url=base_url))
    built_ms = (time.perf_counter() - began) * 1000

    mailbox = Mailbox()
    smtp = SmtpThread(mailbox)
    smtp.start()
    settings = _settings(base_url, web_port, smtp.port, out, forward)
    founding = _found(settings)
    app = create_app(settings, own_mailbox=True)
    services = services_of(app)
    worker = make_worker(services)
    services.worker_alive = worker.is_alive
    web = WebServer(app, web_listener, brief=frozenset({BRIEF}))
    mailbox_web = WebServer(create_mailbox_app(mailbox), mailbox_listener)
    worker.start()
    worker.keep(make_chores(services))
    web.start()
    mailbox_web.start()

    def strike() -> None:
        web.stop(within_s=5)
        mailbox_web.stop(within_s=1)
        worker.stop(within_s=5)
        smtp.stop()
        services.close()

    used = ((WEB_PORT, web_port), (MAILBOX_PORT, mailbox_port))
    return Stage(
        base_url=base_url,
        mailbox_url=f"http://{HOST}:{mailbox_port}",
        built=built,
        built_ms=built_ms,
        founding=founding,
        mailbox=mailbox,
        moved=tuple(pair for pair in used if pair[0] != pair[1]),
        strike=strike,
    )


def _place_for_site() -> Path:
    """`_site/`, unless somebody's own practice was built there; then a place of the demo's own."""
    last = read_manifest(DEFAULT_CACHE, DEFAULT_OUT)
    is_free = not DEFAULT_OUT.exists() or (
        last is not None and last.key.get("practice") == str(SAMPLE_PRACTICE.resolve())
    )
    return DEFAULT_OUT if is_free else VAR.parent / "demo-site"


def _settings(base_url: str, port: int, smtp_port: int, site: Path, forward: Forward) -> Settings:
    return Settings(
        practice=SAMPLE_PRACTICE,
        var=VAR,
        database_url=f"sqlite:///{VAR / 'handoff.db'}",
        url=base_url,
        host=HOST,
        port=port,
        site=site,
        forward=forward,
        key_file=VAR / "server.key",
        mail=MailSettings(host=HOST, port=smtp_port, sender="referrals@harborstreet.example"),
    )


def _found(settings: Settings) -> Founding:
    """New keys for this run; what an earlier demo left is cleared away, since its keys are gone."""
    with ProcessLock(VAR / "serve.lock"):
        for path in VAR.iterdir():
            if path.name == "serve.lock":
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    ServerKey.load_or_create(settings.key_file)
    with Ledger.open(settings.database_url) as ledger:
        ledger.migrate()
        practice = load_practice(settings.practice)
        return found(ledger, practice, name=NAME, email=EMAIL)
