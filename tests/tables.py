"""The newest tables, made once: walking all migrations for each test would be most of its time.

lay_tables(path)
with Ledger.open(f"sqlite:///{path}") as ledger: ...
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from form_server.ledger import Ledger


def lay_tables(database: Path) -> None:
    """What `Ledger.migrate` would have made in this new file, without anything in it."""
    database.touch(mode=0o600, exist_ok=False)
    database.write_bytes(_made())


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "ledger.db"
        with Ledger.open(f"sqlite:///{database}") as ledger:
            ledger.migrate()
            ledger.truncate_wal()
        assert [path.name for path in Path(folder).iterdir()] == [database.name]
        return database.read_bytes()
