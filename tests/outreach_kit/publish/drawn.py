"""Faces, cards and icons, which are most of a first build, cut and drawn once for many of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Drawn:
    """Bytes under the hash of all that decides them, so whose build has made them is the same.

    What was found out about texts, and what a build has left in its folder, is never taken along.
    """

    folder: Path

    def lend(self, cache: Path) -> Path:
        """The cache of a build that has yet to be, with nothing in it but these."""
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(self.folder, cache)
        return cache

    def keep(self, cache: Path) -> None:
        """Whatever a build has cut and drawn besides."""
        for shelf in cache.glob("??"):
            shutil.copytree(shelf, self.folder / shelf.name, dirs_exist_ok=True)
