from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from form_server.ledger import Ledger, SchemaMismatch
from form_server.ledger import migrate as migrating
from form_server.ledger.tables import metadata


def test_history_leads_to_the_tables_that_the_queries_use(empty_url: str) -> None:
    with Ledger.open(empty_url) as ledger:
        ledger.migrate()
        with ledger._store.read() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, metadata) == []


def schema(connection: sa.Connection) -> set[str]:
    """Every table and index as SQLite would print it; the order of clauses does not matter."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    texts = (sql.replace(",", " ").replace(")", " ) ") for (sql,) in rows)
    return {" ".join(sorted(text.split())) for text in texts if "alembic_version" not in text}


def test_history_makes_the_same_conditions_and_names_on_sqlite(
    sqlite_url: str, tmp_path: Path
) -> None:
    made = sa.create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(made)
    with Ledger.open(sqlite_url) as ledger, made.connect() as connection:
        ledger.migrate()
        with ledger._store.read() as migrated:
            found = schema(migrated)
        assert found == schema(connection)
        assert any("'pending'" in sql and "WHERE" in sql for sql in found)
    made.dispose()


def test_newest_revision_is_the_one_this_version_needs() -> None:
    scripts = ScriptDirectory(str(migrating._SCRIPTS))
    assert scripts.get_heads() == [migrating.REVISION]


def test_second_migration_has_nothing_to_do(empty_url: str) -> None:
    with Ledger.open(empty_url) as ledger:
        assert ledger.migrate()
        assert not ledger.migrate()
        ledger.require_current_schema()


def test_migrations_at_once_do_the_work_once(empty_url: str) -> None:
    with (
        Ledger.open(empty_url) as one,
        Ledger.open(empty_url) as two,
        ThreadPoolExecutor(2) as pool,
    ):
        list(pool.map(lambda ledger: ledger.migrate(), [one, two]))
        one.require_current_schema()


def test_tables_of_another_version_are_named(empty_url: str) -> None:
    with Ledger.open(empty_url) as ledger:
        with pytest.raises(SchemaMismatch, match="no tables yet"):
            ledger.require_current_schema()
        ledger.migrate()
        with ledger._store.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SchemaMismatch, match="9999"):
            ledger.require_current_schema()
        with pytest.raises(SchemaMismatch, match="9999"):
            ledger.migrate()


def test_migration_that_fails_leaves_no_table(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade_in_part(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise RuntimeError

    monkeypatch.setattr(migrating, "_upgrade", upgrade_in_part)
    with Ledger.open(empty_url) as ledger:
        with pytest.raises(RuntimeError):
            ledger.migrate()
        with ledger._store.read() as connection:
            assert sa.inspect(connection).get_table_names() == []


def test_start_on_current_tables_does_not_import_alembic(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url) as ledger:
        ledger.migrate()
    check = (
        "import sys; from form_server.ledger import Ledger; "
        f"Ledger.open({sqlite_url!r}).migrate(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
