"""Where the recovery sheet was written: it opens everything, so its file must not stay."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from form_server.ledger import Ledger

_WRITTEN_TO: Final = "recovery_sheet"  # in the ledger's meta


def note_sheet(ledger: Ledger, sheet: Path) -> None:
    """To be called when a sheet was written; `doctor` then looks for it."""
    ledger.meta.put(_WRITTEN_TO, str(sheet.absolute()))


def find_sheet(ledger: Ledger) -> Path | None:
    """The file, while it still lies where it was written."""
    written_to = ledger.meta.get(_WRITTEN_TO)
    if not written_to:
        return None
    try:
        return Path(written_to) if Path(written_to).exists() else None
    except OSError:
        return None
