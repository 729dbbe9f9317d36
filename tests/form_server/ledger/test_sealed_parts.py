from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger import Ledger, Outcome
from form_server.ledger.purging import Deletion
from form_server.ledger.sealed_parts import SealedPart, sealed_parts
from tests.form_server.ledger.things import NOON, accept_one, an_attempt


def fill(ledger: Ledger, part: SealedPart, referral_id: str) -> None:
    """A row about the referral in any table, whatever its columns are."""
    values: dict[str, object] = {"referral_id": referral_id}
    for column in part.table.c:
        if column.name in values or (column.nullable and column.name not in part.columns):
            continue
        if column.name in part.columns:
            values[column.name] = b"PLANTED WORDS"
        elif "user" in column.name:
            values[column.name] = "user-1"
        elif isinstance(column.type, sa.Integer):
            values[column.name] = 1
        else:
            values[column.name] = f"x-{column.name}"[:10]
    with ledger._store.write() as connection:
        if not ledger.is_sqlite:
            # Rows that it leans on elsewhere are not the matter here.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.execute(part.table.insert().values(values))


def planted(ledger: Ledger, part: SealedPart) -> int:
    found = [part.table.c[name] == b"PLANTED WORDS" for name in part.columns]
    with ledger._store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).where(sa.or_(*found))) or 0


def test_whatever_is_sealed_for_a_referral_goes_with_it(ledger: Ledger) -> None:
    parts = sealed_parts()
    assert {"amendment", "attempt", "delivery"} <= {part.table.name for part in parts}
    one = accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(one.id))
    ledger.steps.close(one.id, Outcome.SCHEDULED, "user-1")
    if ledger.is_sqlite:
        with ledger._store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    for part in parts:
        if ledger.is_sqlite and part.table.foreign_keys - _known(part):
            continue  # rows that it leans on are made on the other store only
        fill(ledger, part, one.id)
        assert planted(ledger, part) == 1

    ledger.purging.purge(Deletion(one.id, NOON, "retention 30 days"))

    assert {part.table.name: planted(ledger, part) for part in parts} == {
        part.table.name: 0 for part in parts
    }


def _known(part: SealedPart) -> set[sa.ForeignKey]:
    known = {"referral", "desk_user"}
    return {key for key in part.table.foreign_keys if key.column.table.name in known}
