"""A state into one archive, while others go on writing to it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from form_server.ledger import Ledger, LedgerUnavailable, tool_address
from form_server.safekeeping.archive import DATABASE, DUMP, SERVER_KEY, mark, write_archive
from form_server.safekeeping.manifest import Manifest, describe
from form_server.safekeeping.postgres_tools import PostgresTools
from form_server.settings import Settings
from form_server.vault import ServerKey
from outreach_kit.errors import MachineError, UsageError

MADE_AT: Final = "backup_at"
"""In the ledger's meta: when the last backup was made, ISO 8601."""
_HALF_MADE: Final = ".warm-handoff-"
_HALF_A_DAY_S: Final = 12 * 3600  # longer than any that is still being made


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
        with (
            writable(archive),
            tempfile.TemporaryDirectory(dir=archive.parent, prefix=_HALF_MADE) as folder,
        ):
            _clear_half_made(Path(folder))
            copy = _copy_here if ledger.is_sqlite else _copy_there
            file, manifest = copy(settings, ledger, Path(folder), key.fingerprint, made_at)
            files = {file.name: file}
            if with_server_key:
                files[SERVER_KEY] = Path(shutil.copyfile(settings.key_file, file.with_name("key")))
            marks = {name: mark(one) for name, one in files.items()}
            manifest = replace(manifest, files=marks)
            write_archive(archive, manifest, files)
        ledger.meta.put(MADE_AT, made_at.isoformat())
    return BackedUp(archive, archive.stat().st_size, manifest)


@contextmanager
def writable(archive: Path) -> Iterator[None]:
    """Says where there is no room, or no right to write: the ledger itself is well."""
    try:
        yield
    except OSError as error:
        raise _unwritable(archive, error.strerror or "it cannot be written to") from error
    except LedgerUnavailable as error:
        if "full" not in error.reason:
            raise
        raise _unwritable(archive, "there is no room left") from error


def _unwritable(archive: Path, why: str) -> MachineError:
    return MachineError(
        f"{archive} was not made: {why} in {archive.parent}. See to that, or name another place; the "
        "state itself is as it was."
    )


def _clear_half_made(own: Path) -> None:
    """What backups left beside this one's folder that were killed: a whole copy each, which nobody
    would look for."""
    for left in own.parent.glob(f"{_HALF_MADE}*"):
        age_s = own.stat().st_mtime - left.lstat().st_mtime
        if left.is_dir() and not left.is_symlink() and age_s > _HALF_A_DAY_S:
            shutil.rmtree(left, ignore_errors=True)


def _copy_here(
    _settings: Settings, ledger: Ledger, folder: Path, server_key: str, made_at: datetime
) -> tuple[Path, Manifest]:
    """SQLite's file, and what that very file holds."""
    copy = folder / DATABASE
    ledger.upkeep.copy_to(copy)
    with Ledger.open(f"sqlite:///{copy}", clock=lambda: made_at) as of_copy:
        return copy, describe(of_copy, server_key, made_at)


def _copy_there(
    settings: Settings, ledger: Ledger, folder: Path, server_key: str, made_at: datetime
) -> tuple[Path, Manifest]:
    """What PostgreSQL's own program took down, and what was there at that very moment."""
    url = settings.database_url
    tools = PostgresTools.find(settings.host_side.postgres_tools, ledger.upkeep.server_version())
    dumped = folder / DUMP
    ledger.meta.instance_id()  # drawn now, if never before: then there is only reading
    with ledger.upkeep.hold_moment() as moment:
        with Ledger.open_as_of(url, moment.snapshot, clock=lambda: made_at) as then:
            manifest = describe(then, server_key, made_at)
        tools.dump(tool_address(url), moment, dumped)
    left_out = dict.fromkeys(moment.short_lived, 0)
    return dumped, replace(manifest, counts={**manifest.counts, **left_out})


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
