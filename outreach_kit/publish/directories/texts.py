"""What a clinician says of themselves, taken apart into what the fields of directories ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.advice.text import HEADINGS, lines_in
from outreach_kit.practice.facts import Fee
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.publish.directories.fitting import LINE, PARAGRAPH, Fitted, fit
from outreach_kit.publish.directories.limits import Asks, Blank
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import (
    say_ages,
    say_call_within,
    say_consultation,
    say_fee_summary,
    say_plans,
    say_where,
)

_LISTS: Final = frozenset({Asks.APPROACHES, Asks.PLANS, Asks.FEES})
"""One thing a line: such a field is filled by ticking, or line by line."""
Told = tuple[tuple[str, ...], ...]
"""Paragraphs of sentences."""


class Teller:
    """One clinician in the language in which `practice` is told."""

    def __init__(self, practice: Practice, clinician: Clinician, words: Words) -> None:
        self._practice, self._clinician, self._words = practice, clinician, words
        self._opening, self._body = self._profile()

    def fill(self, blank: Blank) -> Fitted:
        """The text for one field, no longer than it takes."""
        between = LINE if blank.asks in _LISTS else PARAGRAPH
        return fit(self._tell(blank.asks), blank.characters, blank.words, between=between)

    def _tell(self, asks: Asks) -> Told:
        match asks:
            case Asks.WHOM:
                return (self._niche(), *self._opening)
            case Asks.HOW:
                return self._how()
            case Asks.START:
                return self._start()
            case Asks.ALL:
                return (self._niche(), *self._opening, *self._how(), *self._start())
            case Asks.APPROACHES:
                return _lines(self._clinician.facts.approaches)
            case Asks.PLANS:
                return _lines(self._practice.plans_of(self._clinician))
            case Asks.FEES:
                return _lines(map(self._say_fee, self._practice.fees))

    def _niche(self) -> tuple[str, ...]:
        return tuple(split_sentences(self._clinician.facts.niche))

    def _profile(self) -> tuple[Told, Told]:
        """What stands before the first heading, where a profile speaks of the reader, and the rest."""
        texts = self._clinician.profile
        prose = texts.get(self._words.language) or next(iter(texts.values()))
        opening: list[tuple[str, ...]] = []
        body: list[tuple[str, ...]] = []
        current = opening
        for tag, line in lines_in(prose):
            if tag in HEADINGS:
                current = body if opening else opening
            else:
                current.append(tuple(split_sentences(line)))
        return tuple(opening), tuple(body)

    def _how(self) -> Told:
        _, facts = self._words.gettext, self._clinician.facts
        if not facts.approaches:
            return self._body
        named = _("My approaches: {approaches}.").format(
            approaches=self._words.listing(facts.approaches)
        )
        return (*self._body, (named,))

    def _start(self) -> Told:
        """The first call, where, and what it costs: what somebody asks who has decided."""
        _, words, practice = self._words.gettext, self._words, self._practice
        facts = self._clinician.facts
        first = (
            _sentence(say_consultation(practice, words)),
            _("I call back {within}.").format(within=say_call_within(practice.promise, words)),
        )
        where = (
            _sentence(say_where(practice, self._clinician, words)),
            _("Ages {ages}.").format(ages=say_ages(facts, words)),
            _("Sessions in {languages}.").format(
                languages=words.listing([words.language_name(tag) for tag in facts.languages])
            ),
        )
        cost = (
            _sentence(say_fee_summary(practice, words)),
            _sentence(say_plans(practice, words, self._clinician)),
            practice.insurance.note or "",
        )
        return tuple(tuple(filter(None, one)) for one in (first, cost, where))

    def _say_fee(self, fee: Fee) -> str:
        _ = self._words.gettext
        price = self._words.money(fee.price)
        if fee.minutes is None:
            return _("{fee}: {price}").format(fee=fee.name, price=price)
        return _("{fee}, {minutes} minutes: {price}").format(
            fee=fee.name, minutes=fee.minutes, price=price
        )


def _lines(things: Iterable[str]) -> Told:
    return tuple((one,) for one in things)


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
