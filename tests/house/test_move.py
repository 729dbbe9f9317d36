"""A practice that has outgrown SQLite: moved, and served from PostgreSQL by whoever signed in before."""

from __future__ import annotations

from dataclasses import replace

from form_server.ledger import Ledger
from tests.house.server_process import ServerProcess
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


def test_a_state_moves_with_its_referrals_and_is_served_from_there(
    server: ServerProcess, postgres: PostgresServer
) -> None:
    server.start()
    assert server.refer().status == 201
    while_served = replace(
        server, more_env={"HANDOFF_DATABASE_URL": (url := postgres.new_database())}
    )
    refused = while_served.run("move", check=False)
    server.stop()

    moved = while_served.run("move")
    while_served.start()
    try:
        status = while_served.get("/readyz").status
        with Ledger.open(url) as ledger:
            kinds = ledger.upkeep.gauges(ledger.clock()).referrals
    finally:
        while_served.kill()

    assert refused.returncode != 0
    assert "already serves" in refused.stderr
    assert "read back and the same" in moved.stdout
    assert status == 200
    assert dict(kinds) == {"office": 1}
    server.launch()
    process = server._process
    assert process is not None
    assert process.wait(30) != 0
    assert "was moved to" in server.log.read_text()
