"""An archive into an empty state: checked, brought up to date, held still, and purged again.

Nothing is in its place until all of that has succeeded. A file is worked on beside its place; in a
PostgreSQL a mark keeps every server away until the end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from form_server.ledger import Ledger, ProcessLock, sqlite_file, tool_address
from form_server.ledger.purging import Deletion
from form_server.safekeeping.archive import (
    DATABASE,
    DUMP,
    SERVER_KEY,
    extract,
    read_manifest,
)
from form_server.safekeeping.manifest import Manifest
from form_server.safekeeping.postgres_tools import PostgresTools
from form_server.safekeeping.reviving import Restored, revive
from form_server.safekeeping.server_keys import Keys, place_key
from form_server.settings import Settings
from form_server.state_folder import make_state_folder
from outreach_kit.errors import HandoffError, UsageError

_STAGE: Final = ".restoring-"
_LEFT_BESIDE: Final = ("-wal", "-journal")
"""SQLite would play the log of another database into the one that comes back."""
_MAY_BE_THERE: Final = frozenset({"serve.lock", "cache", "lost+found"})


class NotEmpty(HandoffError):
    """There is a state already; a restore never writes over one."""

    def __init__(self, folder: Path, found: Sequence[str]) -> None:
        self.folder = folder
        self.found = tuple(found)
        super().__init__(
            f"{folder} is not empty ({', '.join(found[:4])}), and a restore never writes over a "
            "state. Move it aside, or set HANDOFF_VAR to another folder."
        )


def restore(
    settings: Settings,
    archive: Path,
    clock: Callable[[], datetime],
    *,
    keys: Keys,
    deletions: Iterable[Deletion] = (),
) -> Restored:
    """Raises UsageError, NotEmpty, DatabaseOccupied, WrongServerKey, ArchiveRefused, SchemaMismatch,
    MachineError.
    """
    manifest = read_manifest(archive)
    database = sqlite_file(settings.database_url)
    if database is None:
        return _restore_there(settings, archive, manifest, clock, keys, deletions)
    if DUMP in manifest.files:
        raise UsageError(
            f"{archive} is the backup of a PostgreSQL ledger: set HANDOFF_DATABASE_URL to an empty "
            "PostgreSQL database."
        )
    return _restore_here(settings, database, archive, manifest, clock, keys, deletions)


def _restore_here(
    settings: Settings,
    database: Path,
    archive: Path,
    manifest: Manifest,
    clock: Callable[[], datetime],
    keys: Keys,
    deletions: Iterable[Deletion],
) -> Restored:
    _require_empty(settings, database)
    make_state_folder(settings.var)
    with ProcessLock(settings.var / "serve.lock"):
        _require_empty(settings, database)
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=database.parent, prefix=_STAGE) as stage:
            files = extract(archive, manifest, Path(stage))
            with Ledger.open(f"sqlite:///{files[DATABASE]}", clock=clock) as ledger:
                restored = revive(ledger, archive, manifest, deletions)
            place_key(settings.key_file, manifest, files.get(SERVER_KEY), keys)
            files[DATABASE].replace(database)
    return restored


def _restore_there(
    settings: Settings,
    archive: Path,
    manifest: Manifest,
    clock: Callable[[], datetime],
    keys: Keys,
    deletions: Iterable[Deletion],
) -> Restored:
    """The folder of the state may be there still: what was lost is the database."""
    if DATABASE in manifest.files:
        raise UsageError(
            f"{archive} is the backup of a SQLite ledger: restore it without HANDOFF_DATABASE_URL, "
            "then set that again and run `python -m form_server move`."
        )
    make_state_folder(settings.var)
    with (
        Ledger.open(settings.database_url, clock=clock) as ledger,
        tempfile.TemporaryDirectory(dir=settings.var, prefix=_STAGE) as stage,
    ):
        tools = PostgresTools.find(
            settings.host_side.postgres_tools, ledger.upkeep.server_version()
        )
        files = extract(archive, manifest, Path(stage))
        with ledger.arrival():
            tools.bring_back(tool_address(settings.database_url), files[DUMP])
            restored = revive(ledger, archive, manifest, deletions)
            place_key(settings.key_file, manifest, files.get(SERVER_KEY), keys)
    return restored


def _require_empty(settings: Settings, database: Path) -> None:
    for name in (database.name, *(f"{database.name}{end}" for end in _LEFT_BESIDE)):
        if database.with_name(name).exists():
            raise NotEmpty(database.parent, [name])
    if settings.var.is_dir():
        found = [
            path.name
            for path in sorted(settings.var.iterdir())
            if path.name not in _MAY_BE_THERE
            and path != settings.key_file
            and not path.name.startswith(_STAGE)  # what a restore left that was cut short
        ]
        if found:
            raise NotEmpty(settings.var, found)
