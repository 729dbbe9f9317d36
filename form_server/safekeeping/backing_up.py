"""A state into one archive, while others go on writing to it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from form_server.ledger import Ledger
from form_server.safekeeping.archive import DATABASE, SERVER_KEY, mark, write_archive
from form_server.safekeeping.manifest import Manifest, describe
from form_server.settings import Settings
from form_server.vault import ServerKey
from outreach_kit.errors import MachineError, UsageError

MADE_AT: Final = "backup_at"
"""In the ledger's meta: when the last backup was made, ISO 8601."""


@dataclass(frozen=True)
class BackedUp:
    archive: Path
    size: int
    manifest: Manifest


def back_up(
    settings: Settings,
    target: Path,
    clock: Callable[[], datetime],
    *,
    with_server_key: bool = False,
) -> BackedUp:
    """The archive at `target`, or under a name of its own when that is a folder.

    Raises UsageError, MachineError, LedgerUnavailable, SchemaMismatch, ServerKeyDamaged.
    """
    made_at = clock()
    archive = _place(target, settings.var, made_at)
    key = ServerKey.load(settings.key_file)
    with Ledger.open(settings.database_url, clock=clock) as ledger:
        ledger.require_current_schema()
        # In the archive's own folder: there is room there, or the backup could not be either.
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".warm-handoff-") as folder:
            copy = Path(folder) / DATABASE
            ledger.upkeep.copy_to(copy)
            with Ledger.open(f"sqlite:///{copy}", clock=clock) as of_copy:
                manifest = describe(of_copy, key.fingerprint, made_at)
            files = {DATABASE: copy}
            if with_server_key:
                files[SERVER_KEY] = Path(shutil.copyfile(settings.key_file, copy.with_name("key")))
            marks = {name: mark(file) for name, file in files.items()}
            manifest = manifest.model_copy(update={"files": marks})
            write_archive(archive, manifest, files)
        ledger.meta.put(MADE_AT, made_at.isoformat())
    return BackedUp(archive, archive.stat().st_size, manifest)


def _place(target: Path, var: Path, made_at: datetime) -> Path:
    target = target.expanduser().absolute()
    if target.is_dir():
        target /= f"warm-handoff-{made_at:%Y%m%d-%H%M%S}.tar"
    if target.resolve().is_relative_to(var.resolve()):
        raise UsageError(
            f"{target} lies in the folder that is backed up, and would be lost with it. Name a "
            "place on another disk."
        )
    if not target.parent.is_dir():
        raise MachineError(f"There is no folder {target.parent}. Make it, or choose another.")
    if target.exists():
        raise UsageError(f"{target} exists already. Choose another name; nothing was written.")
    return target
