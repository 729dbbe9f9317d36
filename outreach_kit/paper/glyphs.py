"""Characters that no font has: named, with the place where they stand, and never printed as boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pydantic import BaseModel

from outreach_kit.errors import ContentError, Problem
from outreach_kit.paper.fonts import OWN_FONTS
from outreach_kit.paper.views.frame import (
    AUDIENCES_FILE,
    PRACTICE_FILE,
    TRAININGS_FILE,
    Commission,
    Place,
    clinician_file,
)
from outreach_kit.practice import Practice, Prose
from outreach_kit.practice.lines import Key

_UNDISPLAYED: Final = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_TODO: Final = (
    f"Write it otherwise, or put a font that has it into the folder “{OWN_FONTS}” of the practice."
)


class MissingGlyphs(ContentError):
    """Some characters cannot be printed; `characters` are those, `problems` say where they stand."""

    def __init__(self, characters: Iterable[str], problems: Sequence[Problem]) -> None:
        self.characters = tuple(sorted(set(characters)))
        super().__init__(problems)


def unprintable(diagnostic: str) -> frozenset[str]:
    """The characters that the typesetter could not display, from what it says about them."""
    texts = (_unescape(match) for match in _UNDISPLAYED.findall(diagnostic))
    return frozenset(char for text in texts for char in text if not char.isspace())


def missing_glyphs(characters: frozenset[str], commission: Commission) -> MissingGlyphs:
    """The error that names each place in the practice folder where one of the characters stands."""
    folder = commission.practice.folder
    problems = [
        place.home(commission.practice).problem(folder, _what(found), _TODO)
        for place, text in _texts(commission)
        if (found := characters & set(text))
    ]
    problems += [
        Problem(prose.file, prose.line + offset, "", _what(found), _TODO)
        for prose in _prose(commission.practice)
        for offset, line in enumerate(prose.text.splitlines())
        if (found := characters & set(line))
    ]
    problems += [
        Problem(note.body.file, 1, key, _what(found), _TODO)
        for note in commission.practice.notes
        for key, text in (("title", note.title), ("description", note.description))
        if (found := characters & set(text))
    ]
    if not problems:
        office = commission.job.source.name if commission.job.source else commission.job.filename
        problems = [Problem(office, 0, "", _what(characters), _TODO)]
    return MissingGlyphs(characters, problems)


def _what(characters: Iterable[str]) -> str:
    named = ", ".join(
        f"“{char}” (U+{ord(char):04X} {unicodedata.name(char, 'unnamed')})"
        for char in sorted(characters)
    )
    return f"No font has {named}."


def _texts(commission: Commission) -> Iterator[tuple[Place, str]]:
    """Every text of the practice's own TOML files with its place."""
    practice = commission.practice
    for path, text in _walk(practice.facts, ()):
        yield Place(PRACTICE_FILE, path), text
    for clinician in practice.clinicians:
        for path, text in _walk(clinician.facts, ()):
            yield Place(clinician_file(clinician), path), text
    for path, text in _walk(practice.audiences, ("audience",)):
        yield Place(AUDIENCES_FILE, path), text
    for path, text in _walk(practice.trainings, ("training",)):
        yield Place(TRAININGS_FILE, path), text


def _prose(practice: Practice) -> Iterator[Prose]:
    """Everything that was written in Markdown for a sheet."""
    for clinician in practice.clinicians:
        for texts in (clinician.profile, clinician.elevator_speech, clinician.resume):
            yield from texts.values()
    yield from (note.body for note in practice.notes)


def _walk(value: Any, path: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for key, inner in value:
            yield from _walk(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, index))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
