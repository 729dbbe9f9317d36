from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.ledger import (
    ClaimLost,
    DeliveryKind,
    DeliveryState,
    Ledger,
    PresenceLost,
    Voided,
)
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


def test_an_owner_that_only_lost_its_line_can_still_tell_what_became(shared_ledger: Ledger) -> None:
    once = a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT)
    shared_ledger.queue.add([once])
    [claimed] = shared_ledger.queue.claim("cut off", NOON, 1)
    shared_ledger.queue.mark_transmitting(claimed.id, "cut off")
    assert shared_ledger.queue.void_claims() == Voided(pending=0, unknown=1)

    with pytest.raises(ClaimLost):
        shared_ledger.queue.mark_sent(claimed.id, "somebody else", NOON)
    shared_ledger.queue.mark_sent(claimed.id, "cut off", NOON)

    assert shared_ledger.deliveries.get(claimed.id).state is DeliveryState.SENT


def test_what_a_human_has_resolved_meanwhile_stays_so(shared_ledger: Ledger) -> None:
    shared_ledger.queue.add([a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT)])
    [claimed] = shared_ledger.queue.claim("cut off", NOON, 1)
    shared_ledger.queue.mark_transmitting(claimed.id, "cut off")
    shared_ledger.queue.void_claims()
    shared_ledger.deliveries.dismiss(claimed.id, actor="user:nora")

    with pytest.raises(ClaimLost):
        shared_ledger.queue.mark_sent(claimed.id, "cut off", NOON)
