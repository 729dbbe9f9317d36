"""Which texts a second language still lacks. Pure: whoever reports them finds the lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.built_in import NOT_FIT_PROMISES, is_built_in
from outreach_kit.practice.complaints import model_in
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.lines import Key
from outreach_kit.practice.translation import slug_of
from outreach_kit.practice.words import (
    AudiencesWords,
    ClinicianWords,
    PracticeWords,
    ResourcesWords,
    TrainingsWords,
)

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice
    from outreach_kit.practice.writings import Prose

_SLUG: Final = "slug"


@dataclass(frozen=True, order=True)
class Untranslated:
    """One text that falls back to the main language: where it stands, and where its translation would."""

    file: str
    path: Key
    """The key in `file`; empty when the whole file is meant."""
    home: str
    """The file in which the translation is missing."""
    what: str
    todo: str


def find_untranslated(practice: Practice, language: str) -> tuple[Untranslated, ...]:
    """Every text of the practice, in its main language, that has none in `language`; files in order.

    What nobody translates is not asked for: names, facts, and sentences that the program says itself.
    """
    main = practice.language
    if language == main:
        return ()
    overlay = practice.overlay(language)
    found: list[Untranslated] = []
    ask = _Asker("practice.toml", f"practice.{language}.toml", language)
    found += ask.about(practice.facts, overlay.practice, PracticeWords)
    for one in practice.clinicians:
        folder = f"clinicians/{one.slug}"
        ask = _Asker(f"{folder}/clinician.toml", f"{folder}/clinician.{language}.toml", language)
        found += ask.about(one.facts, overlay.clinicians.get(one.slug), ClinicianWords)
        for prose in (one.profile, one.elevator_speech, one.resume):
            found += _prose(prose, main, language)
    ask = _Asker("audiences.toml", f"audiences.{language}.toml", language)
    if not is_built_in(practice.audiences):
        found += ask.each(practice.audiences, overlay.audiences, AudiencesWords, "audience")
    ask = _Asker("trainings.toml", f"trainings.{language}.toml", language)
    found += ask.each(practice.trainings, overlay.trainings, TrainingsWords, "training")
    ask = _Asker("resources.toml", f"resources.{language}.toml", language)
    found += ask.each(practice.lines, overlay.lines, ResourcesWords, "line")
    for articles in (practice.pages, practice.topics, practice.notes):
        told = {one.slug for one in articles if one.language == language}
        found += [
            _file(one.body.file, main, language)
            for one in articles
            if one.language == main and one.slug not in told
        ]
    return tuple(sorted(found))


@frozen
class _Asker:
    """Compares one file with the one that holds its words in another language."""

    file: str
    home: str
    language: str

    def about(
        self, facts: Facts, words: Facts | None, model: type[Facts], path: Key = ()
    ) -> Iterator[Untranslated]:
        for key, described in model.model_fields.items():
            here = getattr(facts, key)
            said = getattr(words, key, None)
            if key == _SLUG or not here or here in NOT_FIT_PROMISES.values():
                continue
            inner = _table_in(described.annotation)
            if isinstance(here, Facts) and inner:
                yield from self.about(here, said, inner, (*path, key))
            elif inner:
                yield from self._listed(here, said or (), inner, (*path, key))
            elif not said:
                yield self._missing((*path, key), f"It has not been put into “{self.language}”.")
            elif isinstance(here, tuple) and len(said) != len(here):
                yield self._missing(
                    (*path, key),
                    f"It has {len(here)} entries, and {len(said)} in “{self.language}”.",
                )

    def each(
        self, listed: tuple[Facts, ...], words: tuple[Facts, ...], model: type[Facts], key: str
    ) -> Iterator[Untranslated]:
        """As `about`, for a file that is one list of tables under `key`."""
        if inner := _table_in(model.model_fields[key].annotation):
            yield from self._listed(listed, words, inner, (key,))

    def _listed(
        self, listed: tuple[Facts, ...], words: tuple[Facts, ...], model: type[Facts], path: Key
    ) -> Iterator[Untranslated]:
        by_slug = {slug_of(one): one for one in words}
        for place, one in enumerate(listed):
            yield from self.about(one, by_slug.get(slug_of(one)), model, (*path, place))

    def _missing(self, path: Key, what: str) -> Untranslated:
        return Untranslated(self.file, path, self.home, what, f"Write it in {self.home}.")


def _prose(texts: Mapping[str, Prose], main: str, language: str) -> Iterator[Untranslated]:
    if main in texts and language not in texts:
        yield _file(texts[main].file, main, language)


def _file(file: str, main: str, language: str) -> Untranslated:
    home = f"{file.removesuffix('.md').removesuffix('.' + main)}.{language}.md"
    return Untranslated(
        file, (), home, f"It has not been put into “{language}”.", f"Write it in {home}."
    )


def _table_in(annotation: object) -> type[Facts] | None:
    table = model_in(annotation)
    return table if table is not None and issubclass(table, Facts) else None
