"""What the last build read and wrote, so that the next one can tell at a glance that nothing changed.

Standard library only: this is all that such a build imports.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.publish.stamps import Stamp, stamp, stamp_inputs

VERSION: Final = 1
_STAMPS: Final = frozenset({"inputs", "outputs"})


@frozen
class Manifest:
    """`inputs` by absolute path, `outputs` by path relative to the output folder."""

    key: Mapping[str, object]
    inputs: Mapping[str, Stamp]
    outputs: Mapping[str, Stamp]
    summary: Mapping[str, object] = field(default_factory=dict)
    version: int = VERSION


def manifest_path(cache: Path, out: Path) -> Path:
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return cache / f"{name}.json"


def read_manifest(cache: Path, out: Path) -> Manifest | None:
    """The last build's manifest for this output folder, or None when there is none to trust."""
    try:
        raw = json.loads(manifest_path(cache, out).read_text(encoding="utf-8"))
        manifest = Manifest(
            key=raw["key"],
            inputs={path: (size, mtime) for path, (size, mtime) in raw["inputs"].items()},
            outputs={path: (size, mtime) for path, (size, mtime) in raw["outputs"].items()},
            summary=raw["summary"],
            version=raw["version"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return manifest if manifest.version == VERSION else None


def write_manifest(cache: Path, out: Path, manifest: Manifest) -> None:
    path = manifest_path(cache, out)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    with beside.open("w", encoding="utf-8") as file:
        file.writelines(_write_json(manifest, out))
    beside.replace(path)


def folder_told_in(path: Path) -> Path | None:
    """The output folder that a manifest is of; None where it does not say, or cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))["folder"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Path(told) if isinstance(told, str) else None


def _write_json(manifest: Manifest, out: Path) -> Iterator[str]:
    """Piece by piece: the stamps of ten thousand files in one text are as large as the files' names."""
    opening = "{"
    for name, value in {"folder": str(out.resolve()), **vars(manifest)}.items():
        yield f"{opening}{json.dumps(name)}:"
        opening = ","
        if name in _STAMPS:
            yield from _write_stamps(value)
        else:
            yield json.dumps(value, separators=(",", ":"))
    yield "}"


def _write_stamps(stamps: Mapping[str, Stamp]) -> Iterator[str]:
    opening = "{"
    for path, (size, mtime) in stamps.items():
        yield f"{opening}{json.dumps(path)}:[{size},{mtime}]"
        opening = ","
    yield "}" if stamps else "{}"


def is_fresh(
    manifest: Manifest | None, key: Mapping[str, object], practice: Path, out: Path, now_s: float
) -> bool:
    """Whether the last build still stands: same request, same day, same inputs, every output in its place."""
    if manifest is None or dict(manifest.key) != dict(key):
        return False
    if not holds_at(manifest.summary.get("day"), now_s):
        return False
    return manifest.inputs == stamp_inputs(practice) and all(
        stamp(out / name) == mark for name, mark in manifest.outputs.items()
    )


def holds_at(day: object, now_s: float) -> bool:
    """Whether it is still the day from which to which a build holds; one for a given date holds for ever."""
    if not isinstance(day, list | tuple):
        return True
    begins, ends = day
    return bool(begins <= now_s < ends)


def outputs_in(out: Path, names: Iterable[str]) -> dict[str, Stamp]:
    return {name: mark for name in names if (mark := stamp(out / name))}
