"""The parts of a mail, as the templates place them."""

from __future__ import annotations

from dataclasses import dataclass

from form_server.delivery.words import one_line


@dataclass(frozen=True)
class Fact:
    """A labelled line; `uri` makes the value a link, or is empty."""

    label: str
    value: str
    uri: str = ""


@dataclass(frozen=True)
class Section:
    """Facts under a title, which may be empty."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Letter:
    """All that the templates may place; `preview` is what a phone shows under the subject.

    Empty texts and sections are left out. The second button is the quiet one.
    """

    subject: str
    preview: str
    heading: str
    sections: tuple[Section, ...]
    note: str
    button: str
    button_url: str
    remark: str
    practice_name: str
    receipt: str
    paragraphs: tuple[str, ...] = ()
    second_button: str = ""
    second_url: str = ""
    language: str = "en"
    receipt_word: str = "receipt"


def section(title: str, *facts: Fact) -> Section:
    """Leaves out what was not said."""
    cleaned = (Fact(fact.label, one_line(fact.value), fact.uri) for fact in facts)
    return Section(title, tuple(fact for fact in cleaned if fact.value))
