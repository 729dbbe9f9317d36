"""Sentences that a language has no words for: they stand in English, and say so to whoever renders them.

Two invisible characters on each side hold such a sentence together: where a page places it, it becomes an
element with its language and its direction; anywhere else they are taken off again. A pair of them, so that
an isolate that an owner typed is never taken for ours.
"""

from __future__ import annotations

import functools
import gettext
import re
from typing import Final

from outreach_kit.places import LOCALES

DOMAIN: Final = "messages"
ENGLISH: Final = "en"
OPEN: Final = "\u2066\u200e"
CLOSE: Final = "\u200e\u2069"
_GAP: Final = re.compile(r"%?[({]\w*[)}]s?")


@functools.cache
def load_translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; one that does not exist leaves every message in English."""
    return gettext.translation(
        DOMAIN, LOCALES, languages=[language.replace("-", "_")], fallback=True
    )


@functools.cache
def load_for_pages(language: str) -> gettext.NullTranslations:
    """The same, and what stays in English is marked."""
    if language.split("-")[0] == ENGLISH:
        return load_translations(language)
    found = gettext.translation(
        DOMAIN, LOCALES, languages=[language.replace("-", "_")], fallback=True
    )
    if not isinstance(found, gettext.GNUTranslations):
        return _InEnglish()
    found.add_fallback(_InEnglish())
    return found


def has_words(language: str) -> bool:
    """Whether the program speaks it."""
    if language.split("-")[0] == ENGLISH:
        return True
    return gettext.find(DOMAIN, str(LOCALES), [language.replace("-", "_")]) is not None


def count_messages() -> int:
    """All that the program says, on pages and sheets: what the fullest catalogue has words for."""
    counts = []
    for folder in LOCALES.iterdir():
        if isinstance(found := load_translations(folder.name), gettext.GNUTranslations):
            said: dict[object, str] = vars(found)["_catalog"]
            messages = {key[0] if isinstance(key, tuple) else key for key in said} - {""}
            counts.append(len(messages))
    return max(counts, default=0)


def mark(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}" if text else text


def unmark(text: str) -> str:
    """The text alone; also where a mark was cut off with the end of it."""
    if OPEN[0] not in text:
        return text
    return text.replace(OPEN, "").replace(CLOSE, "")


class _InEnglish(gettext.NullTranslations):
    """Says each message as it is written in the sources; one without a word of its own is no English."""

    def gettext(self, message: str) -> str:
        return mark(message) if _has_words(message) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@functools.cache
def _has_words(message: str) -> bool:
    return re.search("[A-Za-z]", _GAP.sub("", message)) is not None
