"""Languages as people write them: “Spanish”, “español” and “es” are one."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

_OWN_NAMES = (
    "am", "ar", "bn", "de", "el", "es", "fa", "fil", "fr", "he", "hi", "ht", "it", "ja", "km", "ko",
    "lo", "my", "ne", "pa", "pl", "ps", "pt", "ro", "ru", "so", "sw", "th", "ti", "tr", "uk", "ur",
    "vi", "zh",
)  # fmt: skip
_ALSO = {
    "asl": "ase", "mandarin": "zh", "farsi": "fa", "tagalog": "fil", "tl": "fil",
    "haitian": "ht", "castellano": "es", "castilian": "es", "dari": "fa",
}  # fmt: skip


def same_language(one: str, other: str) -> bool:
    return bool(one.strip()) and language_code(one) == language_code(other)


@functools.lru_cache(maxsize=1024)
def language_code(typed: str) -> str:
    """Its code without a region, like `es`; what no list knows comes back in small letters."""
    said = " ".join(re.findall(r"\w+", typed.casefold()))
    if not said:
        return ""
    first = said.split()[0]
    names = _names()
    for guess in (said, first):
        if found := _ALSO.get(guess) or names.get(guess):
            return found
    return _own_names().get(said) or _own_names().get(first) or said


@functools.cache
def _names() -> Mapping[str, str]:
    """Codes, and names in English."""
    from babel import Locale  # late: 80 ms, and only where somebody said a language

    english = {str(code): str(name) for code, name in Locale("en").languages.items()}
    return {
        **{code.casefold(): code for code in english if "_" not in code},
        **{name.casefold(): code for code, name in english.items() if "_" not in code},
    }


@functools.cache
def _own_names() -> Mapping[str, str]:
    """What a language calls itself, with and without its accents."""
    from babel import Locale

    own = ((code, str(Locale(code).get_display_name(code)).casefold()) for code in _OWN_NAMES)
    return {name: code for code, full in own for name in _spellings(full)}


def _spellings(name: str) -> Iterable[str]:
    bare = "".join(
        mark for mark in unicodedata.normalize("NFD", name) if not unicodedata.combining(mark)
    )
    return {name, bare}
