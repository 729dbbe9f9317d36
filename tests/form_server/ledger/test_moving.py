from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from form_server.ledger import (
    MOVED_TO,
    DeliveryKind,
    Ledger,
    MoveRefused,
    SchemaMismatch,
    move_ledger,
)
from form_server.ledger.engine import Store
from form_server.ledger.tables import metadata
from tests.form_server.ledger.heads import Filler
from tests.form_server.ledger.things import NOON, a_delivery, accept_one, an_attempt
from tests.postgres import PostgresServer

_CHANGES_WHAT_IS_WRITTEN = """
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.receipt := upper(NEW.receipt); RETURN NEW; END $$;
CREATE TRIGGER shout BEFORE INSERT ON referral FOR EACH ROW EXECUTE FUNCTION shout();
"""


@pytest.fixture
def target_url(postgres: PostgresServer) -> str:
    """An empty database: a move makes the tables itself."""
    return postgres.new_database()


@pytest.fixture
def lived(sqlite_ledger: Ledger, sqlite_url: str) -> str:
    """The URL of a ledger with something in every state."""
    ledger = sqlite_ledger
    for number in range(7):
        accept_one(ledger, promised_by=NOON + timedelta(hours=number))
    called = accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(called.id))
    ledger.queue.add([a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT), a_delivery(), a_delivery()])
    one, other, *_ = ledger.queue.claim("a", NOON, 9)
    ledger.queue.mark_sent(one.id, "a", NOON)
    ledger.queue.mark_unknown(other.id, "a", "Who knows?")
    ledger.audit.chain()
    ledger.close()
    return sqlite_url


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    store = Store(url)
    with store.read() as connection:
        found = {
            table.name: sorted(
                (tuple(row) for row in connection.execute(sa.select(table))), key=str
            )
            for table in metadata.sorted_tables
        }
    store.close()
    found["meta"] = [row for row in found["meta"] if row[0] != MOVED_TO]
    return found


def test_every_row_is_there_as_it_was(lived: str, target_url: str) -> None:
    before = everything(lived)
    told: dict[str, int] = {}

    moved = move_ledger(lived, target_url, told.__setitem__)

    assert everything(target_url) == before
    assert moved == sum(map(len, before.values()))
    assert told["referral"] == 8


def test_no_table_is_left_behind(lived: str, target_url: str) -> None:
    """Two more rows in each that there is, with bytes, letters and numbers like no others."""
    store, filler = Store(lived), Filler()
    with store.write() as connection:
        filled = {kept.table for _ in range(2) for kept in filler.fill(connection)}
    store.close()
    before = everything(lived)

    move_ledger(lived, target_url)

    assert filled == set(metadata.tables)
    assert everything(target_url) == before


def test_it_goes_on_where_it_was(lived: str, target_url: str) -> None:
    move_ledger(lived, target_url)

    with Ledger.open(target_url) as ledger:
        ledger.require_current_schema()
        accept_one(ledger)  # and its entry in the record has a number of its own
        ledger.audit.chain()
        ledger.audit.verify()
        assert sum(ledger.upkeep.gauges(NOON).referrals.values()) == 9


def test_the_old_ledger_says_where_it_went(lived: str, target_url: str) -> None:
    move_ledger(lived, target_url)

    with Ledger.open(lived) as ledger:
        assert "test_" in (ledger.meta.get(MOVED_TO) or "")


def test_a_database_that_holds_a_ledger_is_left_alone(lived: str, target_url: str) -> None:
    move_ledger(lived, target_url)
    before = everything(target_url)

    with pytest.raises(MoveRefused, match="never writes"):
        move_ledger(lived, target_url)

    assert everything(target_url) == before


def test_a_copy_that_reads_differently_moves_nothing(lived: str, target_url: str) -> None:
    with Ledger.open(target_url) as ledger:
        ledger.migrate()
    store = Store(target_url)
    with store.write() as connection:
        connection.exec_driver_sql(_CHANGES_WHAT_IS_WRITTEN)
    store.close()

    with pytest.raises(MoveRefused, match="referral reads differently"):
        move_ledger(lived, target_url)

    assert not any(rows for name, rows in everything(target_url).items() if name != "meta")
    with Ledger.open(lived) as ledger:
        assert ledger.meta.get(MOVED_TO) is None


def test_tables_of_another_version_are_brought_up_to_date_first(
    sqlite_url: str, target_url: str
) -> None:
    with pytest.raises(SchemaMismatch, match="migrate"):
        move_ledger(sqlite_url, target_url)


def test_it_moves_one_way_only(lived: str, target_url: str) -> None:
    with pytest.raises(MoveRefused, match="no other way"):
        move_ledger(target_url, lived)
