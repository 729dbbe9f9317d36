"""What an archive says about itself, to be held against what is in it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from form_server.ledger import Ledger
from form_server.vault import fingerprint
from outreach_kit.places import CHECKOUT

FORMAT: Final = 2
"""Since 2 a manifest carries the sum of itself; without one, 1 is still read."""
_SUM: Final = "sum"


class FileMark(Struct, frozen=True):
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Meta(ge=0)]
    """In bytes."""


class InboxKeyMark(Struct, frozen=True):
    inbox: str
    version: int
    fingerprint: str


class Manifest(Struct, frozen=True):
    format: Literal[1, 2]
    program: str
    """The version that made the archive."""
    made_at: Annotated[datetime, Meta(tz=True)]
    revision: str
    """Of the ledger's tables."""
    instance: str
    server_key: str
    """Fingerprint of the key that opens what waits to be sent."""
    recovery_key: str
    """Fingerprint; empty while there is none."""
    inbox_keys: tuple[InboxKeyMark, ...]
    counts: dict[str, int]
    """Rows by table."""
    files: dict[str, FileMark]


def describe(ledger: Ledger, server_key: str, made_at: datetime) -> Manifest:
    """The manifest of the copy that `ledger` is, not of the ledger it was taken from; no files yet."""
    recovery = ledger.people.recovery_key()
    return Manifest(
        format=FORMAT,
        program=program_version(),
        made_at=made_at,
        revision=ledger.upkeep.revision() or "",
        instance=ledger.meta.instance_id(),
        server_key=server_key,
        recovery_key=fingerprint(recovery.public_key) if recovery else "",
        inbox_keys=inbox_key_marks(ledger),
        counts=dict(ledger.upkeep.row_counts()),
        files={},
    )


def write_manifest(manifest: Manifest) -> bytes:
    """As it stands in the archive, with the sum of all that it says."""
    said = msgspec.to_builtins(manifest)
    return json.dumps({**said, _SUM: _sum(said)}, indent=2).encode()


def parse_manifest(raw: bytes) -> Manifest:
    """Raises ValueError for what no manifest says, or says otherwise than when it was written."""
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
    if manifest.format > 1:
        said = json.loads(raw)
        if said.pop(_SUM, None) != _sum(said):
            raise ValueError("the manifest is not the one that was written")
    return manifest


def _sum(said: dict[str, object]) -> str:
    """SHA-256 over what was said, whatever the order and the spaces; names unknown here count too."""
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def inbox_key_marks(ledger: Ledger) -> tuple[InboxKeyMark, ...]:
    return tuple(
        InboxKeyMark(inbox=inbox.id, version=key.version, fingerprint=fingerprint(key.public_key))
        for inbox in ledger.inboxes.all()
        for key in ledger.inboxes.keys(inbox.id)
    )


def program_version() -> str:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])
