"""The ledger that a command works on: one that `init` or `restore` has made, never a new one."""

from __future__ import annotations

import datetime as dt

from form_server.ledger import Ledger, SchemaMismatch, sqlite_file
from form_server.services import NotSetUp
from form_server.settings import Settings

_TODO = "Run: python -m form_server init. Or bring a backup back: python -m form_server restore"


def require_state(settings: Settings) -> None:
    """Raises NotSetUp where there is no ledger yet; opening one would leave an empty file there."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.is_file():
        raise NotSetUp(f"There is no ledger at {file}.", _TODO)


def open_ledger(settings: Settings) -> Ledger:
    """Raises NotSetUp before `init`, SchemaMismatch for another version's, LedgerUnavailable."""
    require_state(settings)
    ledger = Ledger.open(settings.database_url, clock=lambda: dt.datetime.now(dt.UTC))
    try:
        ledger.require_current_schema()
    except SchemaMismatch as mismatch:
        ledger.close()
        if mismatch.found is None:
            raise NotSetUp(f"The ledger at {mismatch.where} is empty.", _TODO) from mismatch
        raise
    except BaseException:
        ledger.close()
        raise
    return ledger
