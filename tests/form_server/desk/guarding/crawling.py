"""A browser of sorts: reads a page's tags, follows its links, and finds its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.form_server.desk.guarding.ways import addresses
from tests.form_server.desk.stage import Stage

_TYPED = {"text", "search", "email", "tel", "url", "", "password", "number"}
_MOST_PAGES = 150


@dataclass
class Form:
    """`typed` are the fields into which anything can be written."""

    action: str
    method: str
    filled: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]


class Reader(HTMLParser):
    """All tags of a page, and its forms as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.forms: list[Form] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, given))
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms:
            self._read_field(self.forms[-1], tag, given)

    def _read_field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "textarea" or (tag == "input" and kind in _TYPED):
            form.typed.append(name)
        elif tag == "input" and kind not in {"checkbox", "radio"}:
            form.filled[name] = given.get("value", "")
        elif tag == "input":
            form.filled.setdefault(name, given.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            value = given.get("value", "")
            if not form.filled.get(self._select):
                form.filled[self._select] = value

    @property
    def links(self) -> list[str]:
        return [one.attributes["href"] for one in self.tags if "href" in one.attributes]


def crawl(stage: Stage) -> dict[str, str]:
    """Every page of the desk that can be got to, by its path: what menus and lists lead to, and
    every address without a placeholder."""
    waiting = ["/desk/", *(
        one.path() for one in addresses(stage) if one.method == "GET" and not one.names
    )]  # fmt: skip
    pages: dict[str, str] = {}
    while waiting and len(pages) < _MOST_PAGES:
        path = waiting.pop(0)
        if path in pages:
            continue
        answer = stage.get(path)
        pages[path] = ""
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        pages[path] = answer.text
        for link in Reader(answer.text).links:
            parts = urlsplit(urljoin(path, link))
            if not parts.netloc and parts.path.startswith("/desk") and "/static/" not in parts.path:
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    found = {path: text for path, text in pages.items() if text}
    assert len(found) > 8
    return found
