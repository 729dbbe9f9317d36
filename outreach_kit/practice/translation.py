"""The words of a second language, laid over the facts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from outreach_kit.frozen import frozen
from outreach_kit.practice.built_in import (
    NOT_FIT_PROMISES,
    PHYSICIANS,
    is_built_in,
    said_in,
)
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.words import (
    AudienceWords,
    ClinicianWords,
    HelpLineWords,
    PracticeWords,
    TrainingWords,
)

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice

Laid = TypeVar("Laid", bound=Facts)
_SLUG: Final = "slug"


@frozen
class Overlay:
    """All that the folder says in one further language; parts that it lacks are empty."""

    practice: PracticeWords = field(default_factory=PracticeWords)
    clinicians: Mapping[str, ClinicianWords] = field(default_factory=dict)
    """By the clinician's slug."""
    audiences: tuple[AudienceWords, ...] = ()
    trainings: tuple[TrainingWords, ...] = ()
    lines: tuple[HelpLineWords, ...] = ()


def tell_in(practice: Practice, language: str) -> Practice:
    """The practice with its texts in that language, as far as the folder has them; prose stays whole."""
    words = practice.overlay(language)
    audiences = practice.audiences
    if is_built_in(audiences):
        audiences = (said_in(PHYSICIANS, language),)
    return replace(
        practice,
        facts=lay_words(practice.facts, words.practice),
        clinicians=tuple(
            replace(
                one,
                facts=lay_clinician(one.facts, words.clinicians.get(one.slug), language),
                language=language,
            )
            for one in practice.clinicians
        ),
        audiences=lay_each(audiences, words.audiences),
        trainings=lay_each(practice.trainings, words.trainings),
        lines=lay_each(practice.lines, words.lines),
        told_in=language,
        origin=practice,
    )


def lay_words(facts: Laid, words: Facts | None) -> Laid:
    """`facts` with each text that `words` has in the place of its own."""
    if words is None:
        return facts
    changes = {
        key: _lay(getattr(facts, key), said)
        for key, said in _said(words)
        if getattr(facts, key) is not None or not isinstance(said, Facts)
    }
    return facts.model_copy(update=changes) if changes else facts


def lay_each(listed: tuple[Laid, ...], words: tuple[Facts, ...]) -> tuple[Laid, ...]:
    """The tables of a list, each with the words that have its slug."""
    by_slug = {slug_of(one): one for one in words}
    return tuple(lay_words(one, by_slug.get(slug_of(one))) for one in listed)


def lay_clinician(
    facts: ClinicianFile, words: ClinicianWords | None, language: str
) -> ClinicianFile:
    """As `lay_words`; a promise that nobody worded is said in the language in which we know it."""
    promise = said_in(NOT_FIT_PROMISES, language)
    if facts.not_fit_promise in NOT_FIT_PROMISES.values() and facts.not_fit_promise != promise:
        facts = facts.model_copy(update={"not_fit_promise": promise})
    return lay_words(facts, words)


def slug_of(table: Facts) -> str:
    return str(getattr(table, _SLUG))


def _said(words: Facts) -> Iterator[tuple[str, object]]:
    """What was really said: an empty list says nothing."""
    for key in words.model_fields_set - {_SLUG}:
        if said := getattr(words, key):
            yield key, said


def _lay(here: object, said: object) -> object:
    if isinstance(here, Facts) and isinstance(said, Facts):
        return lay_words(here, said)
    if isinstance(here, tuple) and isinstance(said, tuple) and isinstance(said[0], Facts):
        return lay_each(here, said)
    return said
