"""A house that is put in an archive and brought back elsewhere, and archives that are tampered with."""

from __future__ import annotations

import contextlib
import io
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from form_server.ledger import Ledger
from form_server.ledger.purging import Deletion
from form_server.safekeeping import BackedUp, Keys, Restored, restore
from form_server.settings import Settings
from tests.form_server.office.house import ENOUGH, House

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MARKERS = (b"Zebulon", b"Quillfeather", b"5550193", b"555-0193", b"harmonica")
SAYS_MUCH = {
    **ENOUGH,
    "patient_name": "Zebulon Quillfeather",
    "patient_phone": "(360) 555-0193",
    "note": "Palpitations at the harmonica rehearsal.",
}


def now() -> datetime:
    return NOW


@contextlib.contextmanager
def ledger_of(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings.database_url, clock=now) as ledger:
        yield ledger


def bring_back(house: House, backup: BackedUp, empty: Settings, *deletions: Deletion) -> Restored:
    keys = Keys(file=house.settings.key_file)
    return restore(empty, backup.archive, now, keys=keys, deletions=deletions)


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {one.name: content.read() for one in tar if (content := tar.extractfile(one))}


def rewrite(archive: Path, change: Callable[[tarfile.TarFile, dict[str, bytes]], None]) -> None:
    """The archive again, put together by `change` out of what was in it."""
    content = members(archive)
    with tarfile.open(archive, "w") as tar:
        change(tar, content)


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))
