"""A practice that has outgrown SQLite: moved, and served from PostgreSQL by whoever signed in before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from form_server.app import create_app, services_of
from form_server.commands import handoff
from form_server.ledger import AlreadyServing, Ledger
from form_server.settings import Settings
from form_server.state import NotSetUp, open_state
from tests.house.server_process import REFERRAL, ServerProcess
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


def test_a_state_moves_with_its_referrals_and_is_served_from_there(
    server: ServerProcess, postgres: PostgresServer
) -> None:
    before = Settings.from_env(server.env, serving=True)
    after = replace(server, more_env={"HANDOFF_DATABASE_URL": (url := postgres.new_database())})
    app = create_app(before)
    try:
        assert app.test_client().post("/referrals", json=dict(REFERRAL)).status_code == 201
        refused = CliRunner().invoke(handoff, ["move"], env=after.env)
    finally:
        services_of(app).close()

    moved = CliRunner().invoke(handoff, ["move"], env=after.env)
    after.start()
    try:
        status = after.get("/readyz").status
        with Ledger.open(url) as ledger:
            kinds = ledger.upkeep.gauges(ledger.clock()).referrals
    finally:
        after.kill()

    assert isinstance(refused.exception, AlreadyServing)
    assert moved.exception is None
    assert "read back and the same" in moved.stdout
    assert status == 200
    assert dict(kinds) == {"office": 1}
    with pytest.raises(NotSetUp, match="was moved to"):
        open_state(before)
