"""Files that nothing reads because their names are slightly wrong: otherwise they would be passed over."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from outreach_kit.practice.reading import Reader

_ALIKE: Final = 0.8
PRACTICE_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    ".toml": ("practice", "audiences", "trainings", "resources", "colleagues", "directories"),
    "": ("clinicians", "pages", "notes", "topics"),
}
"""By ending; folders have none."""
CLINICIAN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    ".toml": ("clinician",),
    ".md": ("profile", "elevator-speech", "resume"),
}


def complain_of_misspelt(
    reader: Reader, folder: Path, names: Iterable[str], known: Mapping[str, tuple[str, ...]]
) -> None:
    """A complaint for each name that is nearly, and not quite, one that is read.

    What begins with `_` or `.` is somebody's own business.
    """
    for name in names:
        stem, _, rest = name.partition(".")
        ending = f".{rest.split('.')[-1]}" if rest else ""
        meant = known.get(ending, ())
        if stem in meant or name.startswith(("_", ".")):
            continue
        if close := difflib.get_close_matches(_plain(stem), meant, n=1, cutoff=_ALIKE):
            reader.complain(
                folder / name, 0, "", "Nothing reads what has this name.",
                f"Did you mean {'.'.join(filter(None, (close[0], rest)))}? Else put a _ before it.",
            )  # fmt: skip


def _plain(name: str) -> str:
    """Without accents and capitals: “Résumé” is meant as “resume”."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
