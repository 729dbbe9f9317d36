"""What the tests' own PostgreSQL lends out again is as the first who borrowed it found it."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger import Ledger
from tests.form_server.ledger.things import establish
from tests.postgres import PostgresServer


def entry_numbers(url: str) -> list[int]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id FROM audit ORDER BY id").scalars()
        return list(found)


def test_tables_come_back_empty_and_count_anew(postgres: PostgresServer) -> None:
    seen = []
    for _ in range(2):
        with postgres.lend_tables() as url, Ledger.open(url) as ledger:
            assert ledger.people.users() == []
            assert ledger.audit.recent() == []
            establish(ledger)
            ledger.audit.note("looked", actor="test")
            seen.append((url, entry_numbers(url)))
    assert seen[0] == seen[1]
    assert seen[0][1]


def test_a_copy_comes_back_with_the_rows_that_were_copied(postgres: PostgresServer) -> None:
    template = postgres.new_tables()
    with Ledger.open(template) as ledger:
        establish(ledger)
        ledger.audit.note("looked", actor="test")
        users, entries = ledger.people.users(), ledger.audit.recent()
    urls, numbers = set(), []
    for _ in range(2):
        with postgres.lend_copy(template) as url, Ledger.open(url) as ledger:
            assert (ledger.people.users(), ledger.audit.recent()) == (users, entries)
            ledger.people.relock(users[0].id, b"other words", actor="test")
            urls.add(url)
            numbers.append(entry_numbers(url))
    assert len(urls) == 1
    assert numbers[0] == numbers[1]
