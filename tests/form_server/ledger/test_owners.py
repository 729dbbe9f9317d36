from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.ledger import Ledger, PresenceLost, Voided
from tests.form_server.ledger.test_hearing import cut_all_connections
from tests.form_server.ledger.things import NOON, a_delivery
from tests.postgres import PostgresServer


@pytest.fixture
def shared_url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.lend_tables() as lent:
        yield lent


@pytest.fixture
def shared_ledger(shared_url: str) -> Iterator[Ledger]:
    with Ledger.open(shared_url) as opened:
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


def test_an_owner_whose_connection_broke_knows_that_it_is_held_for_dead(
    shared_ledger: Ledger, shared_url: str
) -> None:
    owners = shared_ledger.queue.owners
    with owners.presence("alive") as is_present:
        is_present()
        cut_all_connections(shared_url)
        with pytest.raises(PresenceLost):
            is_present()
    with owners.presence("alive") as is_present:
        is_present()


def test_only_rows_of_others_are_looked_for(shared_ledger: Ledger) -> None:
    owners = shared_ledger.queue.owners
    shared_ledger.queue.add([a_delivery(), a_delivery()])

    shared_ledger.queue.claim("one-a/email", NOON, 1)
    assert not owners.others_hold("one-a/")

    shared_ledger.queue.claim("two-b/email", NOON, 1)
    assert owners.others_hold("one-a/")
