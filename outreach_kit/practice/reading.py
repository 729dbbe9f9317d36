"""One file of the practice folder at a time: read, parsed, and every problem in it written down."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen
from outreach_kit.practice.complaints import explain
from outreach_kit.practice.faults import Invalid
from outreach_kit.practice.front import MAX_FILE_BYTES, read_fields, split_front
from outreach_kit.practice.lines import Key, find_key_lines, line_of
from outreach_kit.practice.prose import ProseRefused, check_prose
from outreach_kit.practice.table import Facts
from outreach_kit.practice.writings import Prose

Model = TypeVar("Model", bound=Facts)
_CURLY: Final = re.compile(r"^\s*[\w.-]+\s*=\s*\[?\s*[“”„‘’]")
"""What a word processor makes of a quote."""


class Field(NamedTuple):
    """One line between the two `---` of a Markdown file."""

    value: str
    line: int


@frozen
class Article:
    """A Markdown file with its fields."""

    path: Path
    fields: Mapping[str, Field]
    body: Prose

    def say(self, key: str) -> str:
        """The field's value; empty when it is not there."""
        return self.fields[key].value if key in self.fields else ""

    def line(self, key: str) -> int:
        return self.fields[key].line if key in self.fields else 1


class Reader:
    """Reads the files of one folder; `problems` and `files` grow as it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._files: dict[str, None] = {}  # of thousands of Path objects each is as large as a page

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def note_file(self, path: Path) -> None:
        """A file that something depends on, read by somebody else."""
        self._files[str(path)] = None

    def complain(self, path: Path, line: int, key: str, what: str, todo: str) -> None:
        name = path.relative_to(self.folder).as_posix()
        self.problems.append(Problem(name, line, key, what, todo))

    def complain_at(self, path: Path, key: Key, what: str, todo: str) -> None:
        """About a key of a TOML file that has been read, on the line on which it stands."""
        line = line_of(find_key_lines(self.text(path) or ""), key)
        self.complain(path, line, ".".join(map(str, key)), what, todo)

    def text(self, path: Path) -> str | None:
        self.note_file(path)
        try:
            with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123 - thousands are read
                if os.fstat(file.fileno()).st_size <= MAX_FILE_BYTES:
                    return file.read()
            self.complain(path, 0, "", "The file is larger than 1 MB.", "Is it the right file?")
        except UnicodeDecodeError:
            self.complain(path, 0, "", "The file is not UTF-8 text.", "Save it as UTF-8.")
        except OSError as error:
            self.complain(path, 0, "", f"The file cannot be read: {error.strerror}.", "Check it.")
        return None

    def toml(
        self, path: Path, model: type[Model], facts: type[Facts] | None = None
    ) -> Model | None:
        """The file as `model` describes it; `facts` is the model of what a file of words must leave alone."""
        text = self.text(path)
        if text is None:
            return None
        try:
            values: dict[str, Any] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            what, line, todo = explain_syntax(error, text)
            self.complain(path, line, "", what, todo)
            return None
        try:
            return model.model_validate(values)
        except Invalid as invalid:
            lines = find_key_lines(text)
            for fault in invalid.faults:
                key = ".".join(map(str, fault.place))
                what, todo = explain(fault, model, facts)
                self.complain(path, line_of(lines, fault.place), key, what, todo)
            return None

    def prose(self, path: Path, text: str, line: int = 1) -> Prose:
        prose = Prose(text, path.relative_to(self.folder).as_posix(), line)
        if not text.strip():
            self.complain(path, line, "", "The text is empty.", "Write it, or delete the file.")
        try:
            check_prose(text)
        except ProseRefused as refused:
            self.complain(path, line + refused.line - 1, "", refused.what, refused.todo)
        return prose

    def article(self, path: Path, kind: str, known: tuple[str, ...]) -> Article | None:
        """A page or a note: the `key: value` lines between two `---`, and the body below them."""
        text = self.text(path)
        if text is None:
            return None
        parts = split_front(text)
        fields: dict[str, Field] = {}
        for number, key, value in read_fields(parts.fields):
            if value is None or key not in known:
                self.complain(
                    path, number, key, f"The {kind} has no such field.",
                    f"The fields are {', '.join(known)}, each written like “title: Fees”.",
                )  # fmt: skip
            else:
                fields[key] = Field(value, number)
        if not fields.get("title", Field("", 1)).value:
            self.complain(
                path, 1, "title", f"The {kind} has no title.",
                "Begin the file with ---, title: …, ---.",
            )  # fmt: skip
        return Article(path, fields, self.prose(path, parts.body, parts.line))


def explain_syntax(error: Exception, text: str) -> tuple[str, int, str]:
    """A TOML parser's complaint in words: what is wrong, on which line, what to do."""
    if isinstance(error, RecursionError):
        return "Brackets are nested too deeply to be read.", 0, "Is it the right file?"
    message = str(error)
    found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    what = re.sub(r"\s*\(at .*\)", "", message).rstrip(".")
    if any(_CURLY.match(one) for one in text.split("\n")[line - 1 : line]):
        return "This is not TOML: its quotes are curly.", line, 'Write straight ones: "…".'
    todo = "Check the quotes, brackets and equals sign on this line and the one before."
    return f"This is not TOML: {what[:1].lower()}{what[1:]}.", line, todo
