"""Characters that no font has: named, with the place where they stand, and never printed as boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from outreach_kit.errors import ContentError, Problem
from outreach_kit.paper.moulds import OWN_FONTS
from outreach_kit.paper.views.frame import (
    AUDIENCES_FILE,
    PRACTICE_FILE,
    TRAININGS_FILE,
    Commission,
    Place,
    clinician_file,
)
from outreach_kit.practice import Practice, Prose
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.lines import Key

_UNDISPLAYED: Final = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_TODO: Final = (
    f"Write it otherwise, or put a font that has it into the folder “{OWN_FONTS}” of the practice."
)


_FILLERS: Final = "\u115f\u1160\u3164\uffa0"
"""Letters by their category that nobody sees."""

Where = tuple[str, int, str]
"""File, line and key, as in a Problem."""


class MissingGlyphs(ContentError):
    """Some characters cannot be printed; `characters` are those, `stands` says which stand where."""

    def __init__(self, stands: Mapping[Where, frozenset[str]], todo: str = _TODO) -> None:
        self.stands = stands
        self.characters = tuple(sorted(frozenset().union(*stands.values())))
        super().__init__(_problem(where, found, todo) for where, found in stands.items())


def gather_problems(errors: Iterable[ContentError]) -> Iterator[Problem]:
    """The problems of several sheets. A line that lacks glyphs is told once, with all that any sheet's
    face lacks of it: one sheet may be set in a face that has more than another's."""
    united: dict[Where, frozenset[str]] = {}
    for error in errors:
        if not isinstance(error, MissingGlyphs):
            yield from error.problems
            continue
        for where, found in error.stands.items():
            united[where] = united.get(where, frozenset()) | found
    for where, found in united.items():
        yield _problem(where, found, _TODO)


def unprintable(diagnostic: str) -> frozenset[str]:
    """The characters that the typesetter could not display, from what it says about them."""
    texts = (_unescape(match) for match in _UNDISPLAYED.findall(diagnostic))
    return frozenset(char for text in texts for char in text if not char.isspace())


def missing_glyphs(characters: frozenset[str], commission: Commission) -> MissingGlyphs:
    """The error that names each place in the practice folder where one of the characters stands."""
    folder = commission.practice.folder
    stands: dict[Where, frozenset[str]] = {}

    def note(file: str, line: int, key: str, text: str) -> None:
        if found := characters & set(text):
            where = (file, line, key)
            stands[where] = stands.get(where, frozenset()) | found

    for place, text in _texts(commission):
        if characters & set(text):
            home = place.home(commission.practice).problem(folder, "", "")
            note(home.file, home.line, home.key, text)
    for prose in _prose(commission.practice):
        for offset, line in enumerate(prose.text.splitlines()):
            note(prose.file, prose.line + offset, "", line)
    for one in commission.practice.notes:
        note(one.body.file, 1, "title", one.title)
        note(one.body.file, 1, "description", one.description)
    if not stands:
        office = commission.job.source.name if commission.job.source else commission.job.filename
        stands[office, 0, ""] = characters
    return MissingGlyphs(stands)


def _problem(where: Where, characters: Iterable[str], todo: str) -> Problem:
    named = ", ".join(_name(char) for char in sorted(characters))
    return Problem(*where, f"No font has {named}.", todo)


def _name(char: str) -> str:
    """The character, where a reader sees one, with its number and name."""
    called = f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}"
    category = unicodedata.category(char)
    if category[0] in "CZ" or char in _FILLERS:
        return called
    shown = f"◌{char}" if category[0] == "M" else char  # a mark would sit on the quote before it
    return f"“{shown}” ({called})"


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
    elif isinstance(value, Facts):
        for key, inner in vars(value).items():
            yield from _walk(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, index))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
