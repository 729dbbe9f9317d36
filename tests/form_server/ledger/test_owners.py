from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.ledger import Ledger, Voided
from tests.form_server.ledger.things import NOON, a_delivery
from tests.postgres import PostgresServer


@pytest.fixture
def shared_ledger(postgres: PostgresServer) -> Iterator[Ledger]:
    with Ledger.open(postgres.new_tables()) as opened:
        yield opened


def test_claims_of_an_owner_that_is_there_are_not_voided(shared_ledger: Ledger) -> None:
    shared_ledger.queue.add([a_delivery(), a_delivery()])
    with shared_ledger.queue.owners.presence("alive"):
        assert len(shared_ledger.queue.claim("alive", NOON, 1)) == 1
        assert len(shared_ledger.queue.claim("dead", NOON, 1)) == 1
        assert shared_ledger.queue.void_claims() == Voided(pending=1, unknown=0)
    assert shared_ledger.queue.void_claims() == Voided(pending=1, unknown=0)


def test_presence_is_nothing_on_sqlite(sqlite_ledger: Ledger) -> None:
    sqlite_ledger.queue.add([a_delivery()])
    with sqlite_ledger.queue.owners.presence("alive"):
        sqlite_ledger.queue.claim("alive", NOON, 1)
        assert sqlite_ledger.queue.void_claims() == Voided(pending=1, unknown=0)
