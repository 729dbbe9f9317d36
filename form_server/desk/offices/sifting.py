"""Which offices a list shows and in which order: read from the address, and written back into it.

What is not one of the choices is passed over: an address is typed by anybody.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from form_server.contacts.same import plain_name
from form_server.desk.offices.wording import KINDS
from form_server.rounds import SourceStanding
from outreach_kit.outreach.follow_up import Standing

_FEWEST_DIGITS: Final = 4
_LONGEST: Final = 100
_FAR: Final = date.max

Options = tuple[tuple[str, str], ...]
People = Sequence[tuple[str, str]]
"""Their names and numbers."""

_DUE: Final[Mapping[str, frozenset[Standing]]] = {
    "now": frozenset(one for one in Standing if one.is_due),
    "red": frozenset({Standing.FORGOTTEN}),
    "first": frozenset({Standing.FIRST}),
    "later": frozenset({Standing.QUIET}),
    "rests": frozenset({Standing.RESTING}),
}
_QUESTIONS: Final[tuple[tuple[str, str, Options], ...]] = (
    ("kind", "Kind", (("", "Any"), *((kind.value, label) for kind, label in KINDS.items()))),
    ("tier", "Tier", (("", "Any"), ("a", "A"), ("b", "B"), ("c", "C"))),
    (
        "due",
        "When to come back",
        (
            ("", "Any"), ("now", "Due"), ("red", "Not seen in half a year"),
            ("first", "Nobody has been there yet"), ("later", "Not due yet"), ("rests", "No visits"),
        ),
    ),
    (
        "by",
        "In order of",
        (
            ("", "Name"), ("wait", "Longest wait"), ("sent", "Most referrals"),
            ("town", "Town"), ("new", "Added last"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One question of the form; the first option is the usual one, with an empty value."""

    name: str
    label: str
    options: Options
    chosen: str


@dataclass(frozen=True)
class Sifting:
    """`asked` is for addresses: what differs from the whole list by name."""

    words: str
    choices: tuple[Choice, ...]

    @property
    def asked(self) -> dict[str, str]:
        chosen = {"q": self.words, **{one.name: one.chosen for one in self.choices}}
        return {name: value for name, value in chosen.items() if value}

    @property
    def says(self) -> tuple[str, ...]:
        """Each thing chosen, in the words of the form."""
        return tuple(
            f"{one.label}: {dict(one.options)[one.chosen]}" for one in self.choices if one.chosen
        )

    @property
    def leaves_out(self) -> bool:
        return bool(self.asked.keys() - {"by"})

    def of(self, name: str) -> str:
        return self.asked.get(name, "")


def read_sifting(given: Mapping[str, str]) -> Sifting:
    words = " ".join(given.get("q", "").split())[:_LONGEST]
    return Sifting(
        words,
        tuple(
            Choice(
                name,
                label,
                options,
                value if (value := given.get(name, "")) in dict(options) else "",
            )
            for name, label, options in _QUESTIONS
        ),
    )


def sift(
    standings: Iterable[SourceStanding],
    sifting: Sifting,
    people: Callable[[], Mapping[str, People]],
) -> list[SourceStanding]:
    """In the order asked for. `people` are asked for only when words were typed."""
    kind, tier, due = sifting.of("kind"), sifting.of("tier"), _DUE.get(sifting.of("due"))
    found = [
        one
        for one in standings
        if (not kind or one.card.facts.kind == kind)
        and (not tier or one.score.tier == tier)
        and (due is None or one.follow_up.standing in due)
    ]
    if sifting.words:
        has = _seek(sifting.words)
        there = people()
        found = [one for one in found if has(one, there.get(one.code, ()))]
    order = _ORDERS.get(sifting.of("by"))
    return sorted(found, key=order) if order else found


_plain = functools.lru_cache(maxsize=4096)(
    plain_name
)  # the same lines are looked through each time


def _seek(words: str) -> Callable[[SourceStanding, People], bool]:
    """All of the words, each as the beginning of one; or a telephone number."""
    wanted = [{plain_name(word), word} for word in words.casefold().split() if plain_name(word)]
    digits = re.sub("[^0-9]", "", words)
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search("[^0-9()+. -]", words)

    def has(one: SourceStanding, people: People) -> bool:
        facts = one.card.facts
        if is_number:
            numbers = (facts.phone, facts.fax, *(number for _, number in people))
            joined = " ".join(re.sub("[^0-9]", "", number) for number in numbers)
            return digits in joined or facts.postal_code.startswith(digits)
        names = " ".join((facts.name, facts.town, one.code, *(name for name, _ in people)))
        said = f" {_plain(names)}"
        return all(any(f" {word}" in said for word in either) for either in wanted)

    return has


def _by_wait(one: SourceStanding) -> tuple[bool, date, str]:
    due_on = one.follow_up.due_on
    return due_on is None, due_on or _FAR, one.name.casefold()


def _by_sent(one: SourceStanding) -> tuple[int, str]:
    return -one.tally.referrals, one.name.casefold()


def _by_town(one: SourceStanding) -> tuple[bool, str, str]:
    town = one.card.facts.town.casefold()
    return not town, town, one.name.casefold()


def _by_age(one: SourceStanding) -> tuple[float, str]:
    return -one.card.created_at.timestamp(), one.name.casefold()


_ORDERS: Final[Mapping[str, Callable[[SourceStanding], tuple[object, ...]]]] = {
    "wait": _by_wait, "sent": _by_sent, "town": _by_town, "new": _by_age,
}  # fmt: skip
