"""Sizes and times of all that a build reads: one look at each file, and nothing is opened.

Imports next to nothing: this is what a build does that finds nothing to do.
"""

from __future__ import annotations

import os
import sys

Stamp = tuple[int, int]
"""Size in bytes and modification time in nanoseconds."""

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))  # noqa: PTH120
_MOULDS = ("templates", "paper", "assets", "locales")
_LISTS = ("requirements.txt", "site_src/directories.toml")


def stamp(path: str | os.PathLike[str]) -> Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path object for each of thousands of files costs more
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def stamp_tree(*roots: str | os.PathLike[str], suffixes: tuple[str, ...] = ()) -> dict[str, Stamp]:
    """Every file below the roots; hidden files and byte code are passed over, links are followed."""
    found: dict[str, Stamp] = {}
    waiting = [os.fspath(root) for root in reversed(roots)]
    linked: set[str] = set()
    while waiting:
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name == "__pycache__":
                continue
            if entry.is_dir():
                if entry.is_symlink():  # it may lead back to where we are
                    target = os.path.realpath(entry.path)
                    if target in linked:
                        continue
                    linked.add(target)
                waiting.append(entry.path)
            elif (not suffixes or name.endswith(suffixes)) and (mark := stamp(entry.path)):
                found[entry.path] = mark
    return found


def stamp_inputs(practice: str | os.PathLike[str]) -> dict[str, Stamp]:
    """All that a build reads: the practice folder, the moulds, the code that pours, and its packages."""
    moulds = (os.path.join(CHECKOUT, "site_src", name) for name in _MOULDS)  # noqa: PTH118
    return {
        **stamp_tree(os.path.realpath(practice)),
        **stamp_tree(*moulds),
        **stamp_code(),
    }


def stamp_code() -> dict[str, Stamp]:
    """Our own and what it stands on: with other code nothing that was worked out before can be trusted."""
    return {
        **stamp_tree(os.path.join(CHECKOUT, "outreach_kit"), suffixes=(".py",)),  # noqa: PTH118
        **_stamp_packages(),
    }


def _stamp_packages() -> dict[str, Stamp]:
    """What is listed, and each folder of packages: it changes when one is put in or taken out."""
    lists = (os.path.join(CHECKOUT, name) for name in _LISTS)  # noqa: PTH118
    folders = (one for one in sys.path if one.endswith(("site-packages", "dist-packages")))
    return {path: mark for path in (*lists, *folders) if (mark := stamp(path))}
