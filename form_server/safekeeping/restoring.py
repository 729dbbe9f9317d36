"""An archive into an empty state: checked, brought up to date, held still, and purged again.

Nothing is in its place until all of that has succeeded: the work is done on a copy beside it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from form_server.ledger import Ledger, NotFound, ProcessLock, sqlite_file
from form_server.ledger.erasing import ERASED
from form_server.ledger.purging import Deletion
from form_server.safekeeping.archive import (
    DATABASE,
    SERVER_KEY,
    ArchiveRefused,
    extract,
    read_manifest,
)
from form_server.safekeeping.manifest import Manifest, inbox_key_marks
from form_server.settings import Settings
from form_server.vault import ServerKey
from outreach_kit.errors import HandoffError, UsageError

_STAGE: Final = ".restoring-"
_MAY_BE_THERE: Final = frozenset({"serve.lock", "cache", "lost+found"})
_ACTOR: Final = "command"


class NotEmpty(HandoffError):
    """There is a state already; a restore never writes over one."""

    def __init__(self, folder: Path, found: Sequence[str]) -> None:
        self.folder = folder
        self.found = tuple(found)
        super().__init__(
            f"{folder} is not empty ({', '.join(found[:4])}), and a restore never writes over a "
            "state. Move it aside, or set HANDOFF_VAR to another folder."
        )


class WrongServerKey(HandoffError):
    """The key that opens what waits to be sent is missing, or is another one."""

    def __init__(self, wanted: str, found: str, place: Path) -> None:
        self.wanted = wanted
        self.found = found
        self.place = place
        what = f"{place} holds the key {found}" if found else f"There is no server key at {place}"
        super().__init__(
            f"{what}, and this backup belongs to the key {wanted}. Put that key file there, or "
            "name it with --server-key. If it is lost: --new-server-key makes another one; every "
            "referral still opens, and only what waits to be sent cannot go out."
        )


@dataclass(frozen=True)
class Keys:
    """Where the server key comes from, when it is not in its place already."""

    file: Path | None = None
    make_new: bool = False


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    held: int
    deleted_again: int
    migrated: bool


def restore(
    settings: Settings,
    archive: Path,
    clock: Callable[[], datetime],
    *,
    keys: Keys,
    deletions: Iterable[Deletion] = (),
) -> Restored:
    """Raises UsageError, NotEmpty, WrongServerKey, ArchiveRefused, SchemaMismatch, MachineError."""
    database = sqlite_file(settings.database_url)
    if database is None:
        raise UsageError("This restores a SQLite ledger; for PostgreSQL use pg_restore.")
    manifest = read_manifest(archive)
    _require_empty(settings, database)
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ProcessLock(settings.var / "serve.lock"):
        _require_empty(settings, database)
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=database.parent, prefix=_STAGE) as stage:
            files = extract(archive, manifest, Path(stage))
            restored = _prepare(archive, files[DATABASE], manifest, clock, deletions)
            _place_key(settings.key_file, manifest, files.get(SERVER_KEY), keys)
            files[DATABASE].replace(database)
    return restored


def _require_empty(settings: Settings, database: Path) -> None:
    if database.exists():
        raise NotEmpty(database.parent, [database.name])
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


def _prepare(
    archive: Path,
    copy: Path,
    manifest: Manifest,
    clock: Callable[[], datetime],
    deletions: Iterable[Deletion],
) -> Restored:
    with Ledger.open(f"sqlite:///{copy}", clock=clock) as ledger:
        if ledger.upkeep.find_damage():
            raise ArchiveRefused(archive, "The ledger in it is damaged.")
        if ledger.upkeep.revision() != manifest.revision:
            raise ArchiveRefused(archive, "The ledger in it is not the one of its manifest.")
        if (table := _find_miscounted(ledger.upkeep.row_counts(), manifest.counts)) is not None:
            what = f"{table} in it has more or fewer rows than its manifest says."
            raise ArchiveRefused(archive, what)
        migrated = ledger.migrate()
        same = (ledger.meta.instance_id(), inbox_key_marks(ledger))
        if same != (manifest.instance, manifest.inbox_keys):
            raise ArchiveRefused(archive, "Its inbox keys are not those of its manifest.")
        held = ledger.holding.hold_unfinished(actor=_ACTOR)
        deleted = sum(_delete_again(ledger, one) for one in deletions)
        ledger.audit.note(
            "ledger.restored",
            actor=_ACTOR,
            detail=f"backup={manifest.made_at.isoformat()} held={held} deleted={deleted}",
        )
        ledger.truncate_wal()
    return Restored(manifest, held, deleted, migrated)


def _find_miscounted(found: Mapping[str, int], stated: Mapping[str, int]) -> str | None:
    """A table with another count; those that only one side knows of are of another version."""
    return next(
        (name for name in found.keys() & stated.keys() if found[name] != stated[name]), None
    )


def _delete_again(ledger: Ledger, record: Deletion) -> bool:
    """Whether the backup still held what was deleted since."""
    try:
        held = ledger.referrals.get(record.id)
    except NotFound:
        return ledger.question_removal.remove_again(record, actor=_ACTOR)
    if not held.envelope:
        return False
    # What was erased goes as a whole, and so does what was not closed yet in the backup.
    is_purge = not record.rule.startswith(ERASED)
    return (is_purge and ledger.purging.purge(record)) or bool(
        ledger.erasing.erase([record.id], actor=_ACTOR, rule=record.rule)
    )


def _place_key(place: Path, manifest: Manifest, archived: Path | None, keys: Keys) -> None:
    given = keys.file or archived
    if not place.exists() and given is not None:
        _require_key(given, manifest)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target, given.open("rb") as source:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
    elif keys.make_new:
        ServerKey.load_or_create(place)
    elif not place.exists():
        raise WrongServerKey(manifest.server_key, "", place)
    else:
        _require_key(place, manifest)


def _require_key(place: Path, manifest: Manifest) -> None:
    found = ServerKey.load(place).fingerprint
    if found != manifest.server_key:
        raise WrongServerKey(manifest.server_key, found, place)
