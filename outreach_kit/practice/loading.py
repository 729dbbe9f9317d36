"""From a practice folder to a Practice, or to every problem in it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from outreach_kit.errors import ContentError, Problem
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.complaints import explain
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.lines import find_key_lines, line_of
from outreach_kit.practice.model import Clinician, Page, Practice, Prose
from outreach_kit.practice.portrait import check_portrait
from outreach_kit.practice.prose import ProseRefused, parse_prose
from outreach_kit.practice.values import SLUG_PATTERN

Model = TypeVar("Model", bound=BaseModel)
MAX_FILE_BYTES: Final = 1_000_000
_FRONT: Final = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_MARKDOWN: Final = re.compile(r"(?P<slug>.+?)(?:\.(?P<language>[a-z]{2,3}(?:-[A-Z]{2})?))?\.md")


def load_practice(folder: Path) -> Practice:
    """Read and check a whole practice folder.

    Raises ContentError with every problem found, sorted by file and line. A TOML file with a
    syntax error yields that one problem; all other files are still read.
    """
    return _Loader(folder).load()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[Problem] = []
        self._files: list[Path] = []

    def load(self) -> Practice:
        if not (self._folder / "practice.toml").is_file():
            raise ContentError([self._missing_practice()])
        facts = self._toml(self._folder / "practice.toml", PracticeFile)
        main = facts.practice.languages[0] if facts else "en"
        clinicians = tuple(self._clinicians(main))
        pages = tuple(self._pages(main))
        if self._problems or facts is None:
            raise ContentError(self._problems)
        return Practice(
            folder=self._folder,
            facts=facts,
            clinicians=clinicians,
            pages=pages,
            files=tuple(sorted(self._files)),
        )

    def _missing_practice(self) -> Problem:
        what = (
            f"There is no practice.toml in {self._folder}."
            if self._folder.is_dir()
            else f"There is no folder {self._folder}."
        )
        return Problem(
            "practice.toml", 0, "", what, "Make a practice with: python build.py --new DIR"
        )

    def _clinicians(self, main: str) -> Iterator[Clinician]:
        home = self._folder / "clinicians"
        folders = sorted(one for one in home.glob("*") if one.is_dir()) if home.is_dir() else []
        folders = [one for one in folders if not one.name.startswith((".", "_"))]
        if not folders:
            self._complain(
                home,
                0,
                "",
                "No clinician is described.",
                "Add clinicians/your-name/clinician.toml.",
            )
        for folder in folders:
            if not re.fullmatch(SLUG_PATTERN, folder.name):
                self._complain(
                    folder, 0, "", f"“{folder.name}” cannot stand in a web address.",
                    "Name the folder with small letters and hyphens, like “nora-ellison”.",
                )  # fmt: skip
            path = folder / "clinician.toml"
            if not path.is_file():
                self._complain(
                    path, 0, "", "The file is missing.", "Every clinician folder needs one."
                )
                continue
            facts = self._toml(path, ClinicianFile)
            prose = self._clinician_prose(folder, main)
            portrait = self._portrait(path, facts)
            if facts is not None:
                yield Clinician(folder.name, facts, portrait=portrait, **prose)

    def _clinician_prose(self, folder: Path, main: str) -> dict[str, Mapping[str, Prose]]:
        found: dict[str, dict[str, Prose]] = {"profile": {}, "elevator-speech": {}}
        for path in sorted(folder.glob("*.md")):
            match = _MARKDOWN.fullmatch(path.name)
            if match and match["slug"] in found:
                text = self._read(path)
                language = match["language"] or main
                found[match["slug"]][language] = self._prose(path, "…" if text is None else text)
        for name, texts in found.items():
            if not texts:
                self._complain(
                    folder / f"{name}.md", 0, "", "The file is missing.",
                    "Write the profile that people read before they call."
                    if name == "profile"
                    else "Write what you say in thirty seconds: 75 to 100 words, ending in a question.",
                )  # fmt: skip
        return {name.replace("-", "_"): texts for name, texts in found.items()}

    def _portrait(self, path: Path, facts: ClinicianFile | None) -> Path | None:
        if facts is None or facts.portrait is None:
            return None
        picture = path.parent / facts.portrait
        if complaint := check_portrait(picture, path.parent):
            line = line_of(find_key_lines(self._read(path) or ""), ("portrait",))
            self._complain(path, line, "portrait", *complaint)
            return None
        self._files.append(picture)
        return picture

    def _pages(self, main: str) -> Iterator[Page]:
        for path in sorted((self._folder / "pages").glob("*.md")):
            match = _MARKDOWN.fullmatch(path.name)
            text = self._read(path)
            if match is None or text is None:
                continue
            fields, body, line = self._front_matter(path, text)
            prose = self._prose(path, body, line)
            if title := fields.get("title"):
                yield Page(
                    slug=match["slug"],
                    title=title,
                    description=fields.get("description", ""),
                    body=prose,
                    language=match["language"] or main,
                    in_menu=fields.get("menu", "yes") != "no",
                )

    def _front_matter(self, path: Path, text: str) -> tuple[dict[str, str], str, int]:
        """The `key: value` lines between two `---`, the body, and the line it begins on."""
        match = _FRONT.match(text)
        fields: dict[str, str] = {}
        known = ("title", "description", "menu")
        for number, row in enumerate(match[1].splitlines() if match else [], 2):
            key, colon, value = row.partition(":")
            if not row.strip():
                continue
            if not colon or key.strip() not in known:
                self._complain(
                    path, number, key.strip(), "The page has no such field.",
                    f"The fields are {', '.join(known)}, each written like “title: Fees”.",
                )  # fmt: skip
            else:
                fields[key.strip()] = value.strip().strip("\"'")
        if not fields.get("title"):
            self._complain(
                path,
                1,
                "title",
                "The page has no title.",
                "Begin the file with ---, title: …, ---.",
            )
        body = text[match.end() :] if match else text
        return fields, body, text[: len(text) - len(body)].count("\n") + 1

    def _prose(self, path: Path, text: str, line: int = 1) -> Prose:
        prose = Prose(text, self._name(path), line)
        if not text.strip():
            self._complain(path, line, "", "The text is empty.", "Write it, or delete the file.")
        try:
            parse_prose(text)
        except ProseRefused as refused:
            self._complain(path, line + refused.line - 1, "", refused.what, refused.todo)
        return prose

    def _toml(self, path: Path, model: type[Model]) -> Model | None:
        text = self._read(path)
        if text is None:
            return None
        try:
            values: dict[str, Any] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            what, line, todo = explain_syntax(error, text)
            self._complain(path, line, "", what, todo)
            return None
        try:
            return model.model_validate(values)
        except ValidationError as invalid:
            lines = find_key_lines(text)
            for found in invalid.errors():
                place = tuple(part for part in found["loc"] if not str(part).startswith("function"))
                what, todo = explain(found, model)
                self._complain(path, line_of(lines, place), ".".join(map(str, place)), what, todo)
            return None

    def _read(self, path: Path) -> str | None:
        if path not in self._files:
            self._files.append(path)
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                self._complain(
                    path, 0, "", "The file is larger than 1 MB.", "Is it the right file?"
                )
                return None
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self._complain(path, 0, "", "The file is not UTF-8 text.", "Save it as UTF-8.")
        except OSError as error:
            self._complain(path, 0, "", f"The file cannot be read: {error.strerror}.", "Check it.")
        return None

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _complain(self, path: Path, line: int, key: str, what: str, todo: str) -> None:
        self._problems.append(Problem(self._name(path), line, key, what, todo))


def explain_syntax(error: Exception, text: str) -> tuple[str, int, str]:
    """A TOML parser's complaint in words: what is wrong, on which line, what to do."""
    if isinstance(error, RecursionError):
        return "Brackets are nested too deeply to be read.", 0, "Is it the right file?"
    message = str(error)
    found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    what = re.sub(r"\s*\(at .*\)", "", message).rstrip(".")
    todo = "Check the quotes, brackets and equals sign on this line and the one before."
    return f"This is not TOML: {what[:1].lower()}{what[1:]}.", line, todo
