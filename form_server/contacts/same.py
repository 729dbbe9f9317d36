"""Which office an entry is, and which person: found by code, number, mailbox, or name and town."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

_SMALL: Final = frozenset({"the", "of", "and", "inc", "llc", "pllc", "pc", "ps", "llp", "pa"})
_SPELLED: Final = {
    "dr": "doctor",
    "st": "saint",
    "mt": "mount",
    "ctr": "center",
    "centre": "center",
}

Mark = tuple[str, str]


class KnownOffices:
    """Codes by what tells offices apart; the first one with a mark keeps it."""

    def __init__(self) -> None:
        self._by_mark: dict[Mark, str] = {}
        self._towns: dict[str, set[str]] = {}

    def add(self, code: str, facts: Mapping[str, Any]) -> None:
        self._by_mark.setdefault(("code", code.lower()), code)
        for mark in _marks(facts):
            self._by_mark.setdefault(mark, code)
        name, town = plain_name(facts.get("name", "")), plain_name(facts.get("town", ""))
        if name:
            self._by_mark.setdefault(("name", name), code)
            self._towns.setdefault(code, set()).add(town)

    def add_code(self, old: str, code: str) -> None:
        """A further code of an office that is known."""
        self._by_mark.setdefault(("code", old.lower()), code)

    def by_code(self, code: str) -> str | None:
        return self._by_mark.get(("code", code.lower()))

    def find(self, facts: Mapping[str, Any]) -> str | None:
        """The code of the same office. Names in two towns are two offices; a name whose town nobody
        said is the one that is known."""
        for mark in _marks(facts):
            if mark in self._by_mark:
                return self._by_mark[mark]
        name, town = plain_name(facts.get("name", "")), plain_name(facts.get("town", ""))
        found = self._by_mark.get(("name", name)) if name else None
        if found is None or not town or self._towns[found] & {town, ""}:
            return found
        return None


def person_marks(facts: Mapping[str, Any]) -> Iterator[Mark]:
    """What tells two people of one office apart."""
    if facts.get("email"):
        yield "email", str(facts["email"]).casefold()
    name = plain_name(facts.get("name", ""))
    if name:
        yield "name", name


def plain_name(text: str) -> str:
    """Without accents, dots and the small words that one writes and another does not."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = (
        _SPELLED.get(word, word)
        for word in re.findall(r"\w+", bare.replace("’", "'").replace("'", ""))
    )
    return " ".join(word for word in words if word not in _SMALL)


def _marks(facts: Mapping[str, Any]) -> Iterator[Mark]:
    """A number or a mailbox is not enough: a house of many offices has one switchboard for all, so
    each counts with the first word of the name."""
    name, town = plain_name(facts.get("name", "")), plain_name(facts.get("town", ""))
    first = name.split(" ")[0]
    if name and town:
        yield "name and town", f"{name}|{town}"
    if facts.get("phone"):
        yield "phone", f"{re.sub('[^0-9]', '', facts['phone'])} {first}"
    if facts.get("email"):
        yield "email", f"{facts['email'].casefold()} {first}"
