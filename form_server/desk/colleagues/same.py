"""Two entries for one person: found by e-mail, telephone or name, and made one without a loss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from form_server.ledger import ColleagueFacts

_UNITED = ("needs", "need_words", "languages", "plans", "telehealth")
_FILLED = (
    "credentials", "practice", "phone", "email", "fax", "website", "booking_url", "youngest",
    "oldest", "town", "miles", "public_on", "source_code",
)  # fmt: skip


class Known:
    """Entries by what tells them apart; `find` answers which one somebody is."""

    def __init__(self, entries: Iterable[tuple[str, ColleagueFacts]] = ()) -> None:
        self._by_mark: dict[tuple[str, str], str] = {}
        for one_id, facts in entries:
            self.add(one_id, facts)

    def add(self, one_id: str, facts: ColleagueFacts) -> None:
        for mark in _marks(facts):
            self._by_mark.setdefault(mark, one_id)

    def find(self, facts: ColleagueFacts) -> str | None:
        """The id of the entry that is the same person; None for somebody new."""
        return next((self._by_mark[one] for one in _sought(facts) if one in self._by_mark), None)


def is_same(one: ColleagueFacts, other: ColleagueFacts) -> bool:
    return not set(_marks(one)).isdisjoint(_sought(other))


def unite(before: ColleagueFacts, newer: ColleagueFacts) -> ColleagueFacts:
    """Lists have the entries of both; what the newer one leaves empty stays as it was."""
    values: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(before, name), *getattr(newer, name))))
        for name in _UNITED
    }
    for name in _FILLED:
        said = getattr(newer, name)
        values[name] = getattr(before, name) if said in {"", None} else said
    if newer.openings is not None and _is_later(before, newer):
        values |= {"openings": newer.openings, "openings_on": newer.openings_on}
    values["self_pay"] = before.self_pay or newer.self_pay
    values["sliding_scale"] = before.sliding_scale or newer.sliding_scale
    notes = dict.fromkeys(text for text in (before.notes, newer.notes) if text)
    return replace(before, **values, notes="\n".join(notes))


def _is_later(before: ColleagueFacts, newer: ColleagueFacts) -> bool:
    if before.openings_on is None or newer.openings_on is None:
        return True
    return newer.openings_on >= before.openings_on


def _marks(facts: ColleagueFacts) -> Iterator[tuple[str, str]]:
    """What an entry is known by. A mailbox or a telephone alone is not enough: a clinic has one for
    all, so each counts with the family name."""
    name = _plain_name(facts.name)
    family = name.split()[-1] if name else ""
    if facts.email:
        yield "mail", f"{facts.email.casefold()} {family}"
    if facts.phone:
        yield "phone", f"{re.sub('[^0-9]', '', facts.phone)} {family}"
    if name:
        yield "name and practice", f"{name}|{facts.practice.casefold()}"
        yield "name", name


def _sought(facts: ColleagueFacts) -> Iterator[tuple[str, str]]:
    """The marks of somebody who is the same. Two of one name in two practices are two people, and
    an entry without a practice is whoever has the name."""
    for kind, text in _marks(facts):
        if kind == "name" and facts.practice:
            yield "name and practice", f"{text}|"
        else:
            yield kind, text


def _plain_name(name: str) -> str:
    """Without titles and credentials, which one table has in the name and another has not."""
    words = re.findall(r"[\w'’-]+", name.split(",")[0].casefold())
    return " ".join(word for word in words if word not in {"dr", "mr", "mrs", "ms", "mx", "prof"})
