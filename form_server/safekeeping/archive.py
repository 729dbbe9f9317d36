"""One file that holds a state: a tar of the manifest and the files that it names.

Written beside its place and moved there when it is whole. Read without trust: only the names that are
known, only plain files, only as much as the manifest says, and every byte counted into a sum.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from form_server.safekeeping.manifest import (
    FileMark,
    Manifest,
    parse_manifest,
    write_manifest,
)
from outreach_kit.errors import HandoffError, MachineError

MANIFEST: Final = "manifest.json"
DATABASE: Final = "handoff.db"
DUMP: Final = "handoff.dump"
"""PostgreSQL's own format (pg_dump --format=custom), in the place of a SQLite file."""
SERVER_KEY: Final = "server.key"
_KNOWN: Final = frozenset({DATABASE, DUMP, SERVER_KEY})
_LONGEST_MANIFEST: Final = 4_000_000
_PIECE: Final = 1 << 20


class ArchiveRefused(HandoffError):
    """A file that is no whole archive; nothing of it was put in place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        self.what = what
        super().__init__(f"{path}: {what} Nothing was restored. Use another backup.")


def mark(file: Path) -> FileMark:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return FileMark(sha256=digest.hexdigest(), size=size)


def write_archive(target: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """The archive at `target`, mode 0600, whole or not at all. Raises MachineError."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                text = write_manifest(manifest)
                _add(tar, MANIFEST, io.BytesIO(text), len(text), manifest)
                for name, file in files.items():
                    with file.open("rb") as content:
                        _add(tar, name, content, manifest.files[name].size, manifest)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise MachineError(
            f"{target}: the backup cannot be written ({error.strerror or error}). Give a folder "
            "that has room and may be written to."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int, about: Manifest) -> None:
    # Neither this machine's account nor its clock is anybody's business.
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    member.mtime = int(about.made_at.timestamp())
    tar.addfile(member, content)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except FileNotFoundError as error:
        raise ArchiveRefused(path, "There is no such file.") from error
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveRefused(path, "It is no backup, or it was cut short.") from error
    except OSError as error:
        raise MachineError(f"{path}: it cannot be read ({error.strerror or error}).") from error


def read_manifest(path: Path) -> Manifest:
    """Raises ArchiveRefused, MachineError."""
    with _opened(path) as tar:
        first = tar.next()
        if first is None or first.name != MANIFEST or first.size > _LONGEST_MANIFEST:
            raise ArchiveRefused(path, "It holds no manifest.")
        content = tar.extractfile(first)
        raw = content.read() if content else b""
    try:
        manifest = parse_manifest(raw)
    except ValueError as error:
        what = "Its manifest is damaged, or of a newer version."
        raise ArchiveRefused(path, what) from error
    ledgers = manifest.files.keys() & {DATABASE, DUMP}
    if len(ledgers) != 1 or not manifest.files.keys() <= _KNOWN:
        raise ArchiveRefused(path, "It holds other files than a backup does.")
    return manifest


def extract(path: Path, manifest: Manifest, folder: Path) -> dict[str, Path]:
    """The archive's files in `folder`, mode 0600, each of the size and sum that were stated.

    Raises ArchiveRefused, MachineError.
    """
    found: dict[str, Path] = {}
    with _opened(path) as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            stated = manifest.files.get(member.name)
            if stated is None or member.name in found or not member.isreg():
                raise ArchiveRefused(path, "It holds other files than its manifest names.")
            if member.size != stated.size:
                raise ArchiveRefused(path, f"{member.name} is not as long as it was.")
            content = tar.extractfile(member)
            if content is None:
                raise ArchiveRefused(path, f"{member.name} cannot be read.")
            found[member.name] = _write(content, folder / member.name)
    for name, stated in manifest.files.items():
        if name not in found:
            raise ArchiveRefused(path, f"{name} is missing from it.")
        if mark(found[name]) != stated:
            raise ArchiveRefused(path, f"{name} is damaged: its sum is not the one it had.")
    return found


def _write(content: IO[bytes], place: Path) -> Path:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        while piece := content.read(_PIECE):
            with _writing_below(place.parent.parent):
                while piece:
                    piece = piece[file.write(piece) :]
        with _writing_below(place.parent.parent):
            os.fsync(file.fileno())
    return place


@contextlib.contextmanager
def _writing_below(folder: Path) -> Iterator[None]:
    """Tells a full disk from an archive that cannot be read: the way out is another one."""
    try:
        yield
    except OSError as error:
        raise MachineError(
            f"{folder} cannot be written ({error.strerror or error}). The archive is well: make room "
            "there, and restore it again."
        ) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
