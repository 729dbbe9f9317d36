"""The web in one process, the deliveries in another: what a host does who has outgrown one."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from form_server.app import create_app, services_of
from form_server.commands import handoff
from form_server.ledger import move_ledger
from form_server.settings import Settings
from outreach_kit.errors import UsageError
from outreach_kit.places import CHECKOUT
from tests.house.server_process import REFERRAL, ServerProcess
from tests.postgres import PostgresServer, postgres
from tests.smtp_faults import FaultySmtpServer

__all__ = ["postgres"]


def test_a_referral_that_the_web_took_goes_out_from_a_worker(
    postgres: PostgresServer,
    relay: FaultySmtpServer,
    installation: ServerProcess,
    tmp_path: Path,
) -> None:
    url = postgres.new_database()
    house = ServerProcess(tmp_path, relay.port, more_env={"HANDOFF_DATABASE_URL": url})
    house.take_over(installation)
    move_ledger(f"sqlite:///{house.var / 'handoff.db'}", url, lambda *_: None)
    app = create_app(Settings.from_env(house.env, serving=True))
    worker = subprocess.Popen(
        [sys.executable, "-m", "form_server", "worker"], cwd=CHECKOUT, env=house.env
    )
    try:
        answer = app.test_client().post("/referrals", json=dict(REFERRAL))
        relay.wait_for(1, within_s=60)
        worker.send_signal(signal.SIGTERM)
        left = worker.wait(30)
    finally:
        worker.kill()
        services_of(app).close()

    assert answer.status_code == 201
    assert left == 0
    assert relay.received[0].recipients == ("nora@harborstreet.example",)


def test_a_worker_beside_sqlite_says_that_serve_does_it_all(
    relay: FaultySmtpServer, tmp_path: Path
) -> None:
    house = ServerProcess(tmp_path, relay.port)

    done = CliRunner().invoke(handoff, ["worker"], env=house.env)

    assert isinstance(done.exception, UsageError)
    assert "needs PostgreSQL" in str(done.exception)
    assert "serve" in str(done.exception)
