"""The server's own key: for what must be sent while nobody is signed in, and for keyed hashes.

It lies in a file beside the database, never in it: a copy of the database alone opens nothing.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import secrets
from pathlib import Path
from typing import Final, Self

from form_server.vault.base32 import fingerprint
from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.secret import Secret
from outreach_kit.errors import HandoffError, MachineError

log = logging.getLogger(__name__)

_FILE_KIND: Final = "warm-handoff-server-key-1"
_LONGEST_FILE_BYTES: Final = 1024


class ServerKeyRefused(VaultRefused):
    """Something sealed by the server does not open with its key."""

    def __init__(self, label: str, about: str) -> None:
        self.label = label
        self.about = about
        super().__init__(
            f"The {label} of {about} does not open with this server's key: it was altered or "
            "moved, or the key file is another one. Put back the key file that belongs to this "
            "database."
        )


class ServerKeyDamaged(HandoffError):
    """The key file is there, and holds no key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} is not a server key, or is damaged. Put back a copy of it; without one, "
            "what waits to be sent is lost, and referrals stay safe under their inbox's key."
        )


class ServerKey(Secret):
    __slots__ = ()

    @classmethod
    def load_or_create(cls, path: Path) -> Self:
        """The key in the file, which is made (mode 0600) when there is none.

        Of several processes that start at once, one makes it and all get the same. Raises
        ServerKeyDamaged, or MachineError when the file cannot be read or written.
        """
        try:
            if not path.exists():
                _write_new(path, _as_text(cls.generate()))
        except OSError as error:
            raise MachineError(
                f"{path}: the server key cannot be kept there ({error.strerror}). "
                "Make the folder writable for the account that runs the server."
            ) from error
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key in the file; raises MachineError when it cannot be read, or ServerKeyDamaged."""
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                content = file.read(_LONGEST_FILE_BYTES)
        except OSError as error:
            raise MachineError(
                f"{path}: the server key cannot be read ({error.strerror}). "
                "Make the file readable for the account that runs the server."
            ) from error
        if os.name == "posix" and mode & 0o077:
            log.warning("%s can be read by other accounts: run `chmod 600 %s`", path, path)
        try:
            kind, encoded, stated = content.decode("ascii").split()
            key = cls(base64.b64decode(encoded, validate=True))
        except ValueError as error:
            raise ServerKeyDamaged(path) from error
        if (kind, stated) != (_FILE_KIND, key.fingerprint):
            raise ServerKeyDamaged(path)
        return key

    @property
    def fingerprint(self) -> str:
        """16 letters that name this key and reveal nothing; the same after every restart."""
        return fingerprint(self.derive("fingerprint"))

    def seal(self, plaintext: bytes, label: str, about: str) -> bytes:
        """`label` is what it is (`parcel`), `about` the id of the row that it lies in."""
        return seal_box(plaintext, self, label, about)

    def open(self, sealed: bytes, label: str, about: str) -> bytes:
        """What was sealed under the same label and id; raises ServerKeyRefused for all else."""
        try:
            return open_box(sealed, self, label, about)
        except BoxRefused as error:
            raise ServerKeyRefused(label, about) from error


def _as_text(key: ServerKey) -> str:
    """Kind, key and fingerprint on one line; the fingerprint tells a damaged copy."""
    return f"{_FILE_KIND} {base64.b64encode(key.to_bytes()).decode()} {key.fingerprint}\n"


def _write_new(path: Path, text: str) -> None:
    """`text` in a file that is whole from its first moment; an older one is left as it is.

    It is written beside and linked into place: a link, unlike a rename, never replaces.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name survives a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
