"""Practices and sites to render, and a parser that sees what a browser would."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Final

from outreach_kit.practice import Clinician, Practice
from outreach_kit.web import Site, plan_pages, render_page

TODAY: Final = dt.date(2026, 11, 21)
FORM_URL: Final = "https://refer.harborstreet.example"
_VOID: Final = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "rect"})


def make_in_memory() -> Callable[[str, Callable[[], bytes]], bytes]:
    """A cache that lives as long as whoever holds it."""
    kept: dict[str, bytes] = {}

    def cache(key: str, make: Callable[[], bytes]) -> bytes:
        if key not in kept:
            kept[key] = make()
        return kept[key]

    return cache


def change_facts(practice: Practice, /, **tables: dict[str, Any]) -> Practice:
    """The practice with some keys of some tables of `practice.toml` changed, unchecked."""
    changed = {
        table: getattr(practice.facts, table).model_copy(update=keys)
        for table, keys in tables.items()
    }
    return dataclasses.replace(practice, facts=practice.facts.model_copy(update=changed))


def change_clinician(practice: Practice, /, **keys: Any) -> Practice:
    """The practice with some keys of its first clinician changed, unchecked."""
    first, *others = practice.clinicians
    changed = dataclasses.replace(first, facts=first.facts.model_copy(update=keys))
    return dataclasses.replace(practice, clinicians=(changed, *others))


def make_group(practice: Practice) -> Practice:
    """The practice with a second clinician beside the first."""
    first = practice.clinicians[0]
    facts = first.facts.model_copy(
        update={"name": "Marguerite Okonkwo-Villanueva-Thistlethwaite", "credentials": ("PsyD",)}
    )
    second = Clinician("marguerite", facts, first.profile, first.elevator_speech)
    return dataclasses.replace(practice, clinicians=(first, second))


class AnyAsset(dict[str, str]):
    """Every asset at some address, for pages whose files do not matter."""

    def __missing__(self, name: str) -> str:
        return f"/assets/{name}"


def render_all(site: Site) -> dict[str, str]:
    """Every planned file of the site under its address."""
    return {plan.url: render_page(plan, site) for plan in plan_pages(site)}


class Element:
    """An element as it was opened; `text` is all the text inside it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Document(HTMLParser):
    """A page read back. Raises AssertionError where a tag is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {[one.tag for one in self._open]}"

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag with such attributes; `class_` for `class`, `_` for `-`."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.tag == tag and wanted.items() <= one.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        return " ".join(self.one("body").text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(attrs) == len(element.attributes), f"an attribute stands twice in <{tag}>"
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
