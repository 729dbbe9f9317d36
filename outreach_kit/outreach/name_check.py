"""Whether a patient's name stands in what goes to a source: then it does not go.

A name is found whole, in its parts, and without its accents, points of vowels and letters that nobody
sees. A part that is also a word of the letter itself (“May I count on you”, “I hope”) counts only where
it stands more often than the letter has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

from outreach_kit.errors import HandoffError

_SHORTEST: Final = 2
_WITHOUT_SPACES: Final = 0x2E80
"""From here on letters are Chinese, Japanese or Korean."""
_INSIDE_WORDS: Final = frozenset({"Mn", "Mc", "Cf"})
"""Accents, vowels' signs, and what nobody sees: none of it ends a word."""
_TYPED_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""How letters that do not come apart are typed on another keyboard."""
_TITLES: Final = frozenset({"mr", "mrs", "ms", "mx", "dr", "jr", "sr", "ii", "iii", "miss", "de",
                            "la", "van", "von", "der", "del", "da", "di", "el", "al", "bin"})  # fmt: skip


class PatientNamed(HandoffError):
    """Words for a source hold what may be a patient's name; `found` are the words as written."""

    def __init__(self, found: tuple[str, ...]) -> None:
        self.found = found
        some = ", ".join(f"“{word}”" for word in found)
        super().__init__(
            f"A patient may be called {some}. Take the name out: a source is never told who came."
        )


def check_no_name(text: str, patients: Iterable[str], *, own_words: str = "") -> None:
    """Raises PatientNamed. `own_words` is the letter as it was drafted, before anybody typed."""
    if found := find_names(text, patients, own_words=own_words):
        raise PatientNamed(found)


def find_names(text: str, patients: Iterable[str], *, own_words: str = "") -> tuple[str, ...]:
    """The words of the text that are a patient's, once each, in their order."""
    patients = tuple(patients)
    parts = {part for name in patients for part in _words(name) if _tells(part)}
    allowed = Counter(_words(own_words))
    found = dict.fromkeys(name for name in patients if _runs_on(name, text))
    runs = (run for name in patients for run in _given_names(name))
    found |= dict.fromkeys(
        run for run in runs if _runs_on(run, text) and not _runs_on(run, own_words)
    )
    for spelled, plain in _spelled(text):
        if plain not in parts:
            continue
        if allowed[plain] > 0:
            allowed[plain] -= 1
        else:
            found[spelled] = None
    return tuple(found)


def find_whole_names(text: str, patients: Iterable[str]) -> tuple[str, ...]:
    """The names that stand in the text in full, each word behind the other: for people of whom the
    reader knows nothing, where each “Joy” and “Day” of hundreds would refuse every letter."""
    said = f" {' '.join(_words(text))} "
    return tuple(
        name
        for name in dict.fromkeys(patients)
        if _runs_on(name, text)
        or (len(words := _words(name)) > 1 and f" {' '.join(words)} " in said)
    )


def _runs_on(name: str, text: str) -> bool:
    """Whether a name of a script without spaces stands somewhere in the text."""
    bare = "".join(name.split())
    return any(ord(letter) >= _WITHOUT_SPACES for letter in bare) and bare in "".join(text.split())


def _given_names(name: str) -> list[str]:
    """Of a name of such a script, the parts by which somebody is called: “小明” of “王小明”."""
    if not any(ord(letter) >= _WITHOUT_SPACES for letter in name):
        return []
    apart = name.split()
    if len(apart) == 1 and len(name) > _SHORTEST:
        apart = [name[-_SHORTEST:], *([name[:_SHORTEST]] if len(name) > _SHORTEST + 1 else [])]
    return [part for part in apart if _SHORTEST <= len(part) < len(name)]


def _tells(part: str) -> bool:
    return len(part) >= _SHORTEST and part not in _TITLES


def _words(text: str) -> list[str]:
    return [plain for _, plain in _spelled(text)]


def _spelled(text: str) -> list[tuple[str, str]]:
    """Each word as written, and as it is compared: small letters without accents; a possessive's
    end is no part of a name, and a hyphenated name counts by its halves."""
    composed = unicodedata.normalize("NFKC", text)
    joined = "".join(
        "x" if unicodedata.category(letter) in _INSIDE_WORDS else letter for letter in composed
    )
    places = re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", joined)
    words = [composed[found.start() : found.end()] for found in places]
    return [(word, plain) for word in words if (plain := _plain(word))]


def _plain(word: str) -> str:
    bare = re.sub(r"['’]s$", "", word, flags=re.IGNORECASE)
    apart = unicodedata.normalize("NFKD", bare.casefold()).translate(_TYPED_PLAIN)
    return "".join(letter for letter in apart if _is_told_apart(letter))


def _is_told_apart(letter: str) -> bool:
    """A letter, or a sign of a vowel that is always written."""
    if unicodedata.combining(letter):
        return False
    return letter.isalpha() or unicodedata.category(letter) in {"Mn", "Mc"}
