"""A practice as the rules look at it: each text read aloud once, each file's lines counted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen
from outreach_kit.practice.advice.notes import notes_in
from outreach_kit.practice.advice.text import HEADINGS, PlainText, Text, line_in, lines_of, whole_of
from outreach_kit.practice.advice.text import lines_in as lines_in
from outreach_kit.practice.advice.text_rules import Found, find_in
from outreach_kit.practice.lines import Key, find_key_lines, line_of
from outreach_kit.practice.model import Practice
from outreach_kit.practice.people import Clinician
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.writings import Prose

PRACTICE_FILE: Final = "practice.toml"


@frozen
class Look:
    """One practice on one day. Nothing is read or taken apart before a rule asks for it."""

    practice: Practice
    today: dt.date
    read: Callable[[Text], Found] = field(default=find_in, repr=False)
    """What the rules on single texts find in one; somebody may have asked them before."""
    _found: list[Found] = field(default_factory=list, repr=False)
    _texts: dict[Prose, str] = field(default_factory=dict, repr=False)
    _said: dict[Prose, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _lines: dict[str, Mapping[Key, int]] = field(default_factory=dict, repr=False)

    def sentences(self, prose: Prose) -> tuple[str, ...]:
        """What a reader reads, sentence by sentence; a heading and a list's line end one."""
        if prose not in self._said:
            lines = (line for _, line in lines_of(prose.text))
            self._said[prose] = tuple(one for line in lines for one in split_sentences(line))
        return self._said[prose]

    def first_sentence(self, prose: Prose) -> str:
        """The first after any heading; empty when there is none."""
        lines = (line for tag, line in lines_of(prose.text) if tag not in HEADINGS)
        return next((one for line in lines for one in split_sentences(line)), "")

    def text(self, prose: Prose) -> str:
        """The whole of it in one line."""
        if prose not in self._texts:
            self._texts[prose] = whole_of(prose.text)
        return self._texts[prose]

    def at_key(self, file: str, path: Key, what: str, todo: str) -> Problem:
        """A problem on the line on which `path` stands, or on the nearest thing around it."""
        if file not in self._lines:
            text = (self.practice.folder / file).read_text(encoding="utf-8-sig")
            self._lines[file] = find_key_lines(text)
        return Problem(file, line_of(self._lines[file], path), ".".join(map(str, path)), what, todo)

    def at_sentence(self, prose: Prose, sentence: str, what: str, todo: str) -> Problem:
        """A problem on the line on which the sentence begins."""
        return Problem(prose.file, line_in(prose, sentence), "", what, todo)

    def found_in_texts(self, rule: str) -> Iterator[Problem]:
        """What one of the rules on single texts finds in all that patients read."""
        if not self._found:
            self._found.extend(self.read(one) for one in self._patients_texts())
            self._found.append(tuple(self._found_in_notes()))
        return (problem for found in self._found for name, problem in found if name == rule)

    def _found_in_notes(self) -> Iterator[tuple[str, Problem]]:
        practice = self.practice
        for key, note in notes_in(practice):
            prose = Prose(note, PRACTICE_FILE)
            text = PlainText(prose, practice.language, self.today, practice.address.country)
            for name, problem in self.read(text):
                yield name, self.at_key(PRACTICE_FILE, key, problem.what, problem.todo)

    def _patients_texts(self) -> Iterator[Text]:
        country = self.practice.address.country
        for language, prose in self.patients_texts():
            yield Text(prose, language, self.today, country)

    def patients_texts(self) -> Iterator[tuple[str, Prose]]:
        """The language and text of every profile, page and topic: what patients read of the owner's words."""
        for clinician in self.practice.clinicians:
            yield from clinician.profile.items()
        for page in self.practice.pages:
            yield page.language, page.body
        for topic in self.practice.topics:
            yield topic.language, topic.body


def clinician_file(clinician: Clinician) -> str:
    return f"clinicians/{clinician.slug}/clinician.toml"
