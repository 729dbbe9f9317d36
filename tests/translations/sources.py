"""Every message of ours, gathered from the sources: marked in code and templates, or a row's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from outreach_kit.paper.catalogue import CATALOGUE
from outreach_kit.paper.sheet import Sides, Stock
from outreach_kit.places import CHECKOUT, TEMPLATES
from outreach_kit.web.html import environment

_ROOMS: Final = ("outreach_kit", "form_server/office")
_LETTERS: Final = ("form_server/delivery/acknowledgement_letter.py",)
"""Of the mail, what goes to an office; whoever works at the desk reads English."""
_FUNCTIONS: Final = {"_": None, "gettext": None, "ngettext": (1, 2)}
_TAG: Final = "Translators:"
_SHEETS: Final = "outreach_kit/paper/sheet.py"

MessageId = str | tuple[str, str]


@dataclass(frozen=True)
class Found:
    """A message where it stands; `comments` are what the source says to whoever translates it."""

    file: str
    id: MessageId
    comments: tuple[str, ...] = ()


def gather() -> Catalog:
    """All messages once, in the order of their files; each knows the files that say it."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for found in (*_in_code(), *_in_templates(), *_in_rows()):
        catalog.add(found.id, locations=[(found.file, 0)], auto_comments=found.comments)
    return catalog


def _in_code() -> Iterator[Found]:
    rooms = (path for room in _ROOMS for path in sorted((CHECKOUT / room).rglob("*.py")))
    for path in (*rooms, *(CHECKOUT / letter for letter in _LETTERS)):
        with path.open("rb") as file:
            for _line, said, comments, _context in extract("python", file, _FUNCTIONS, [_TAG]):
                yield Found(_short(path), _message(said), tuple(comments))


def _in_templates() -> Iterator[Found]:
    """Read by the environment that renders them, so that blanks are trimmed alike."""
    reads = environment("en").extract_translations  # type: ignore[attr-defined]
    for path in sorted(TEMPLATES.rglob("*.html")):
        for _line, _function, said in reads(path.read_text("utf-8")):
            yield Found(_short(path), _message(said))


def _in_rows() -> Iterator[Found]:
    """What is looked up by variable: the catalogue's rows, papers and sides."""
    for sheet in CATALOGUE:
        for text in (sheet.title, sheet.audience, sheet.about):
            yield Found(_SHEETS, text, (f"{_TAG} of the sheet “{sheet.name}”",))
    for advice in (*Stock, *Sides):
        yield Found(_SHEETS, advice.value, (f"{_TAG} what to print on, and how",))


def _message(said: object) -> MessageId:
    """One text, or what is said of one and of many; arguments that are no text are left out."""
    texts = [text for text in said if isinstance(text, str)] if isinstance(said, tuple) else [said]
    return str(texts[0]) if len(texts) == 1 else (str(texts[0]), str(texts[1]))


def _short(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()
