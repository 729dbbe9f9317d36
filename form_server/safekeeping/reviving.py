"""A ledger out of an archive, before anybody serves it: checked, brought up to date, held, purged again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form_server.ledger import ChainBroken, Ledger, NotFound
from form_server.ledger.erasing import ERASED
from form_server.ledger.purging import Deletion
from form_server.safekeeping.archive import ArchiveRefused
from form_server.safekeeping.manifest import Manifest, inbox_key_marks

_ACTOR: Final = "command"


@dataclass(frozen=True)
class Restored:
    """`broken_chain` says where the record of what was done was broken before the backup was made."""

    manifest: Manifest
    held: int
    deleted_again: int
    migrated: bool
    rows: int
    broken_chain: str = ""


def revive(
    ledger: Ledger, archive: Path, manifest: Manifest, deletions: Iterable[Deletion]
) -> Restored:
    """Raises ArchiveRefused where it is not what the manifest says, SchemaMismatch."""
    if ledger.upkeep.find_damage():
        raise ArchiveRefused(archive, "The ledger in it is damaged.")
    if ledger.upkeep.revision() != manifest.revision:
        raise ArchiveRefused(archive, "The ledger in it is not the one of its manifest.")
    counts = ledger.upkeep.row_counts()
    if (table := _find_miscounted(counts, manifest.counts)) is not None:
        what = f"{table} in it has more or fewer rows than its manifest says."
        raise ArchiveRefused(archive, what)
    migrated = ledger.migrate()
    same = (ledger.meta.instance_id(), inbox_key_marks(ledger))
    if same != (manifest.instance, manifest.inbox_keys):
        raise ArchiveRefused(archive, "Its inbox keys are not those of its manifest.")
    broken = _find_break(ledger)
    held = ledger.holding.hold_unfinished(actor=_ACTOR)
    deleted = sum(_delete_again(ledger, one) for one in deletions)
    ledger.audit.note(
        "ledger.restored",
        actor=_ACTOR,
        detail=f"backup={manifest.made_at.isoformat()} held={held} deleted={deleted}",
    )
    ledger.truncate_wal()
    return Restored(manifest, held, deleted, migrated, sum(counts.values()), broken)


def _find_miscounted(found: Mapping[str, int], stated: Mapping[str, int]) -> str | None:
    """A table with another count; those that only one side knows of are of another version."""
    return next(
        (name for name in found.keys() & stated.keys() if found[name] != stated[name]), None
    )


def _find_break(ledger: Ledger) -> str:
    """Told and not refused: the archive is as it was made, and the referrals in it are wanted."""
    try:
        ledger.audit.verify()
    except ChainBroken as error:
        return str(error)
    return ""


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
