"""Renew the words of an owner's page where they stand, and nothing else.

The fastest way to a page is not to make it. When only the text below a page's fields was changed, its
file is as it was but for that text: it is parsed, checked like in any build, and written into its place.
Whatever else the text could touch (links that were not there, places that others link to, letters that
need another font, another rule's findings) is left to a whole build, which is asked for by returning None.

Light: neither the model nor the templates are loaded.
"""

from __future__ import annotations

import datetime as dt
import marshal
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.rule import Advice, Level
from outreach_kit.practice.advice.text import Text
from outreach_kit.practice.advice.text_rules import TEXT_CHECKS, find_in
from outreach_kit.practice.front import PAGE_FIELDS, read_fields, read_text, split_front
from outreach_kit.practice.leftovers import has_leftovers
from outreach_kit.practice.prose import ProseRefused, check_prose, prose_links
from outreach_kit.practice.writings import Prose
from outreach_kit.web.prose import prose_html

Hole = tuple[str, int, int, str]
"""A file of the site, where in it the words begin, how long they are in bytes, and the language's folder."""
Packed = bytes
"""What `pack_body` makes of a body."""
_WITHOUT_REFERENCES: Final = 2
"""The version of marshal's format that writes a value twice where it stands twice."""
_ID: Final = re.compile(r"""id=(?<=\sid=)["']?([^"'\s>]+)""")
"""It begins with letters, and not with a blank, because those are found many times as fast."""
_ASCII: Final = frozenset(map(chr, range(128)))


class Body(TypedDict, total=False):
    """What is known of the words of one page, and what must be so still. Plain values."""

    title: str
    description: str
    menu: bool
    language: str
    line: int
    links: tuple[str, ...]
    ids: tuple[str, ...]
    rare: str
    holes: tuple[Hole, ...]


_KEYS: Final = tuple(Body.__annotations__)


class Around(TypedDict):
    """What one has to know of the last build besides."""

    out: str
    folder: str
    today: str
    country: str
    is_sample: bool
    silenced: Sequence[str]


class Renewed(TypedDict):
    """`body` is what is known of the new words, `written` the files by their names in the site."""

    body: Body
    written: Mapping[str, bytes]
    advice: tuple[Advice, ...]


def describe_body(text: str, html: str) -> Body:
    """What decides whether new words may take the place of these."""
    inside = sorted(one for one in prose_links(text) if one.startswith(("/", "#")))
    rare = "" if text.isascii() else "".join(sorted(set(text) - _ASCII))
    return Body(links=tuple(inside), ids=tuple(_ID.findall(html)), rare=rare, holes=())


def pack_body(body: Body) -> Packed:
    """Of thousands of pages each is known in a quarter of the room; the same body gives the same bytes."""
    known: Mapping[str, Any] = body
    return marshal.dumps(tuple(known[key] for key in _KEYS), _WITHOUT_REFERENCES)


def unpack_body(packed: Packed) -> Body:
    body: Any = dict(zip(_KEYS, marshal.loads(packed), strict=True))  # noqa: S302 - our own
    known: Body = body
    return known


def renew(
    file: str, before: Body, around: Around, advice: Sequence[Mapping[str, Any]]
) -> Renewed | None:
    """The files with the new words of `file`, or None where it takes a whole build.

    `advice` are the rows of all findings of the last build. Nothing is written.
    """
    found = {(row["file"], row["rule"]) for row in advice}
    ours = {check.rule.name for check in TEXT_CHECKS}
    if any(name == file and rule not in ours for name, rule in found):
        return None  # a finding that we cannot look for here: it may be gone, or stand elsewhere
    text = read_text(f"{around['folder']}/{file}")
    if text is None or (not around["is_sample"] and has_leftovers(text)):
        return None
    parts = split_front(text)
    if not parts.body.strip() or not _same_fields(parts.fields, parts.line, before):
        return None
    try:
        check_prose(parts.body)
    except ProseRefused:
        return None
    prose = Prose(parts.body, file, parts.line)
    written: dict[str, bytes] = {}
    holes: list[Hole] = []
    after: Body | None = None
    for name, start, length, folder in before["holes"]:
        html = str(prose_html(prose, folder=folder))
        after = describe_body(parts.body, html)
        if after["ids"] != before["ids"] or after["rare"] != before["rare"]:
            return None
        if not set(after["links"]) <= set(before["links"]):
            return None
        page = _read_bytes(Path(around["out"]) / name)
        if page is None:
            return None
        new = html.encode()
        written[name] = page[:start] + new + page[start + length :]
        if page[:start].decode().count(html) or page[start + length :].decode().count(html):
            return None  # the next build could not tell which of them the words are
        holes.append((name, start, len(new), folder))
    if after is None:
        return None
    body: Body = {**before, **after, "holes": tuple(holes)}
    return Renewed(body=body, written=written, advice=_judge(prose, before["language"], around))


def rows_after(
    file: str, advice: Sequence[Mapping[str, Any]], new: Sequence[Advice]
) -> list[Mapping[str, Any]]:
    """All findings when those on one file are these, in the order of the files."""
    rows = [row for row in advice if row["file"] != file] + [row_of(one) for one in new]
    return sorted(rows, key=lambda row: (_problem(row), row["rule"]))


def row_of(one: Advice) -> dict[str, Any]:
    """A finding as plain values."""
    problem = one.problem
    return {
        "rule": one.rule,
        "level": one.level.value,
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "what": problem.what,
        "why": one.why,
        "todo": problem.todo,
    }


def advice_of(row: Mapping[str, Any]) -> Advice:
    return Advice(row["rule"], _problem(row), row["why"], Level(row["level"]))


def _problem(row: Mapping[str, Any]) -> Problem:
    return Problem(
        row["file"], row["line"], row["key"], row["what"], row["todo"], row["rule"], row["why"]
    )


def _judge(prose: Prose, language: str, around: Around) -> tuple[Advice, ...]:
    day = dt.date.fromisoformat(around["today"])
    rules = {check.rule.name: check.rule for check in TEXT_CHECKS}
    found = find_in(Text(prose, language, day, around["country"]))
    return tuple(
        rules[name].advice(problem) for name, problem in found if name not in around["silenced"]
    )


def _same_fields(fields: str, line: int, before: Body) -> bool:
    said: dict[str, str] = {}
    for _, key, value in read_fields(fields):
        if value is None or key not in PAGE_FIELDS:
            return False
        said[key] = value
    now = (said.get("title", ""), said.get("description", ""), (said.get("menu") or "yes") != "no")
    return now == (before["title"], before["description"], before["menu"]) and (
        line == before["line"]
    )


def _read_bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
