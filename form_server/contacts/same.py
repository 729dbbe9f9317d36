"""Which office an entry is, and which person: found by code, name and town, number or mailbox."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

_SMALL: Final = frozenset({"the", "of", "and", "at", "inc", "llc", "pllc", "pc", "ps", "llp", "pa"})
_SPELLED: Final = {
    "dr": "doctor", "st": "saint", "mt": "mount", "ctr": "center", "centre": "center", "rd": "road",
    "ave": "avenue", "med": "medicine", "fam": "family", "peds": "pediatrics", "assoc": "associates",
}  # fmt: skip

_MOST_SHARING: Final = 50
"""Offices with one number; past that it is no number of theirs, and tells nobody apart."""

Mark = tuple[str, str]


class KnownOffices:
    """Offices by what tells them apart; the first one with a mark keeps it."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._in_town: dict[tuple[str, str], str] = {}
        self._by_name: dict[str, str] = {}
        self._by_reach: dict[Mark, list[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._towns: dict[str, str] = {}

    def add(self, code: str, facts: Mapping[str, Any]) -> None:
        """Or what is known of it now, where it was added before."""
        name, town = plain_name(facts.get("name", "")), plain_name(facts.get("town", ""))
        self.add_code(code, code)
        self._in_town.setdefault((name, town), code)
        self._by_name.setdefault(name, code)
        self._words[code] = frozenset(name.split())
        self._towns[code] = town
        for mark in _reach(facts):
            there = self._by_reach.setdefault(mark, [])
            if len(there) < _MOST_SHARING and code not in there:
                there.append(code)

    def add_code(self, old: str, code: str) -> None:
        """A further code of an office that is known."""
        self._codes.setdefault(old.lower(), code)

    def by_code(self, code: str) -> str | None:
        return self._codes.get(code.lower())

    def find(self, facts: Mapping[str, Any]) -> str | None:
        """The code of the same office, or None.

        One name in two towns is two offices; where nobody said the town it is the one that is known.
        A number or a mailbox is not enough, because a house of many offices has one switchboard: most
        words of the names must be the same as well.
        """
        name, town = plain_name(facts.get("name", "")), plain_name(facts.get("town", ""))
        if not name:
            return None
        if (name, town) in self._in_town:
            return self._in_town[name, town]
        same_name = self._by_name.get(name)
        if same_name is not None and (not town or not self._towns[same_name]):
            return same_name
        words = frozenset(name.split())
        for mark in _reach(facts):
            for code in self._by_reach.get(mark, ()):
                if _mostly_same(words, self._words[code]):
                    return code
        return None


def person_marks(facts: Mapping[str, Any]) -> Iterator[Mark]:
    """What tells two people of one office apart."""
    if facts.get("email"):
        yield "email", str(facts["email"]).casefold()
    name = plain_name(facts.get("name", ""))
    if name:
        yield "name", name


def share_a_word(name: str, other: str) -> bool:
    """Whether two names with one mailbox may be one person: a front desk shares its mailbox."""
    return not set(plain_name(name).split()).isdisjoint(plain_name(other).split())


def plain_name(text: str) -> str:
    """Without accents, dots and the small words that one writes and another does not."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = re.findall(r"\w+", bare.replace("’", "").replace("'", ""))
    return " ".join(_SPELLED.get(word, word) for word in words if word not in _SMALL)


def _reach(facts: Mapping[str, Any]) -> Iterator[Mark]:
    if facts.get("phone"):
        yield "phone", re.sub("[^0-9]", "", facts["phone"])
    if facts.get("email"):
        yield "email", facts["email"].casefold()


def _mostly_same(words: frozenset[str], others: frozenset[str]) -> bool:
    """More than half of the shorter name stands in the longer."""
    return 2 * len(words & others) > min(len(words), len(others))
