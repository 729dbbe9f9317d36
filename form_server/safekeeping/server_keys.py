"""The server's key beside a state that comes back: the one that belongs to it, or a new one if asked."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from form_server.safekeeping.manifest import Manifest
from form_server.vault import ServerKey
from outreach_kit.errors import HandoffError


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


def place_key(place: Path, manifest: Manifest, archived: Path | None, keys: Keys) -> None:
    """Raises WrongServerKey, and what reading a key raises."""
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
