"""Bringing the tables to this version's revision, by Alembic, without a configuration file.

Alembic takes a third of a second to import, so it is imported only when there is work for it; a
server that starts on current tables asks one question of the database and goes on.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.errors import SchemaMismatch

REVISION = "0016"  # the newest file in migrations/versions
VERSION_TABLE = "alembic_version"
_SCRIPTS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x68616E64  # any number, as long as all processes take the same


def found_revision(connection: Connection) -> str | None:
    """What the tables say they are; None for a database without tables."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version


def require_current(store: Store) -> None:
    """Raises SchemaMismatch unless the tables are this version's."""
    with store.read() as connection:
        found = found_revision(connection)
    if found != REVISION:
        raise SchemaMismatch(store.shown, found, REVISION)


def migrate(store: Store) -> bool:
    """True when there was something to do; all of it is one transaction, on both stores.

    Raises SchemaMismatch when the tables are of a revision that this version does not know.
    """
    with store.read() as connection:
        found = found_revision(connection)
    if found == REVISION:
        return False
    known = {path.stem.split("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*.py")}
    if found is not None and found not in known:
        raise SchemaMismatch(store.shown, found, REVISION)
    with store.write() as connection:
        if not store.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        _upgrade(connection)
    return True


def _upgrade(connection: Connection) -> None:
    # Late, because of the time that it takes: see above.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
