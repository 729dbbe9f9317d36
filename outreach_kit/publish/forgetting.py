"""What nobody has asked the cache for in a month goes from it, so that it does not grow for ever.

Old words of an edited page, what older code found out, records of command lines that nobody uses any more:
to lose one that is wanted after all costs time and nothing else. Manifests stay as long as there is the
folder that they are of, because they say which files of a website are ours; and for a year where the folder
around it is away too, because that may be a disk that is not plugged in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from outreach_kit.publish.manifest import folder_told_in

KEPT_DAYS: Final = 30
UNPLUGGED_DAYS: Final = 365
_DAY_S: Final = 86_400
_LOOKED: Final = "looked-through"
"""Its time says when the cache was last looked through: once a day is enough, for it may hold thousands."""
_FORGOTTEN: Final = ("??/*", "texts/?/*", "*.glance*", "*.tmp")
"""What is made, what is known of texts, records of builds, and what a killed build has left of a manifest."""


def forget_old(cache: Path, now_s: float) -> int:
    """How many files went. `now_s` counts from 1970."""
    mark = cache / _LOOKED
    if now_s - _written_s(mark) < _DAY_S:
        return 0
    with suppress(OSError):  # where the cache cannot be written nothing is in it either
        mark.touch()
        os.utime(mark, (now_s, now_s))
    old = [*_old(cache, now_s - KEPT_DAYS * _DAY_S), *_manifests_of_nothing(cache, now_s)]
    return sum(map(_forget, old))


def _old(cache: Path, before_s: float) -> Iterator[Path]:
    for pattern in _FORGOTTEN:
        yield from (path for path in cache.glob(pattern) if 0 < _written_s(path) < before_s)


def _manifests_of_nothing(cache: Path, now_s: float) -> Iterator[Path]:
    for path in cache.glob("*.json"):
        days = (now_s - _written_s(path)) / _DAY_S
        folder = folder_told_in(path) if days > KEPT_DAYS else None
        if folder is None or folder.exists():
            continue
        if folder.parent.exists() or days > UNPLUGGED_DAYS:
            yield path


def _forget(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:  # a folder, or somebody else was first
        return False
    return True


def _written_s(path: Path) -> float:
    """When a file was written or last asked for; 0 when it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
