"""What came back from the page of thank-yous: which cards, with which words, on which paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from form_server.desk.thanks.checking import Written
from form_server.desk.thanks.drafts import Draft
from outreach_kit.outreach.stock import Item
from outreach_kit.paper.sheet import Paper
from outreach_kit.practice import Practice

LONGEST: Final = 1200
LONGEST_NAME: Final = 80
MOST_ENCLOSED: Final = 99
ENCLOSED: Final[Mapping[Item, int]] = {Item.CARD: 4, Item.BROCHURE: 0, Item.PAD: 0}
"""What goes into each envelope unless somebody says otherwise."""


@dataclass(frozen=True)
class Typed:
    """`begin` is the first free label, from 1."""

    picked: frozenset[str]
    to: Mapping[str, str]
    words: Mapping[str, str]
    paper: Paper
    begin: int
    enclosed: Mapping[Item, int]
    voice: str

    def written(self, drafts: Iterable[Draft]) -> list[Written]:
        """The cards that were ticked, as they are to be printed."""
        return [
            Written(one, self.to.get(one.key, one.to), self.words.get(one.key, one.words))
            for one in drafts
            if one.key in self.picked
        ]


def untouched(practice: Practice, drafts: Iterable[Draft], voice: str) -> Typed:
    paper = Paper.LETTER if practice.address.country == "US" else Paper.A4
    every = frozenset(one.key for one in drafts)
    return Typed(every, {}, {}, paper, 1, ENCLOSED, voice)


def read_typed(form: MultiDict[str, str], drafts: Iterable[Draft]) -> Typed:
    keys = [one.key for one in drafts]
    return Typed(
        picked=frozenset(form.getlist("card")) & frozenset(keys),
        to={key: _line(form[f"to-{key}"]) for key in keys if f"to-{key}" in form},
        words={key: _words(form[f"words-{key}"]) for key in keys if f"words-{key}" in form},
        paper=Paper.A4 if form.get("paper") == Paper.A4 else Paper.LETTER,
        begin=_count(form.get("begin", "")) or 1,
        enclosed=read_enclosed(form),
        voice=form.get("voice", "")[:LONGEST_NAME],
    )


def read_enclosed(form: MultiDict[str, str]) -> dict[Item, int]:
    return {item: _count(form.get(f"enclosed-{item.value}", "")) for item in ENCLOSED}


def _count(typed: str) -> int:
    plain = typed.strip()
    is_number = plain.isascii() and plain.isdigit() and len(plain) < 4
    return min(MOST_ENCLOSED, int(plain)) if is_number else 0


def _line(typed: str) -> str:
    return " ".join(typed[:LONGEST_NAME].split())


def _words(typed: str) -> str:
    """As typed; browsers send line ends of two characters."""
    return typed.replace("\r\n", "\n").strip()[:LONGEST]
