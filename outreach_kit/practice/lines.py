"""Where each key of a TOML file stands; TOML parsers give values and forget positions.

The scanner runs only on text that `tomllib` has already accepted, so it may trust the syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Key = tuple[str | int, ...]

_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<newline>\n)|(?P<punct>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#\"']+)"
    r"|(?P<space>[ \t\r]+)",
    re.DOTALL,
)


def find_key_lines(text: str) -> Mapping[Key, int]:
    """The 1-based line of every key, table and array element, under its path like `("fees", 0, "price")`."""
    return _Scanner(text).scan()


def line_of(lines: Mapping[Key, int], path: Key) -> int:
    """The line of `path`, or of the nearest thing around it that has one; 0 when nothing has."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 0


class _Scanner:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._lines: dict[Key, int] = {}
        self._counts: dict[Key, int] = {}

    def scan(self) -> Mapping[Key, int]:
        table: Key = ()
        while self._at < len(self._tokens):
            kind, text, line = self._tokens[self._at]
            if kind == "newline":
                self._at += 1
            elif text == "[" and kind == "punct":
                table = self._header()
                self._lines.setdefault(table, line)
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> Key:
        """`[a.b]` or `[[a]]`; an array of tables gets the index of its newest element."""
        line = self._tokens[self._at][2]
        double = self._peek(1) == "["
        self._at += 2 if double else 1
        path = self._indexed(self._key())
        self._at += 2 if double else 1
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)
        if double:
            count = self._counts.get(path, -1) + 1
            self._counts[path] = count
            path = (*path, count)
        return path

    def _indexed(self, names: tuple[str, ...]) -> Key:
        """`[fees.note]` after `[[fees]]` speaks of the newest element of `fees`."""
        path: Key = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if path in self._counts and place < len(names) - 1:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: Key) -> None:
        line = self._tokens[self._at][2]
        path = table
        for name in self._key():
            path = (*path, name)
            self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._value(path)

    def _key(self) -> tuple[str, ...]:
        names: list[str] = []
        while self._at < len(self._tokens):
            kind, text, _ = self._tokens[self._at]
            if kind == "string":
                names.append(text[1:-1])
            elif kind == "bare":
                names.append(text)
            elif text != ".":
                break
            self._at += 1
        return tuple(names)

    def _value(self, path: Key) -> None:
        opener = self._peek(0)
        if opener == "[":
            self._array(path)
        elif opener == "{":
            self._inline_table(path)
        else:
            while self._peek(0) not in {"\n", ",", "]", "}", ""}:
                self._at += 1

    def _array(self, path: Key) -> None:
        self._at += 1
        index = 0
        while (token := self._peek(0)) != "]":
            if token in {"\n", ","}:
                self._at += 1
                continue
            self._lines[(*path, index)] = self._tokens[self._at][2]
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline_table(self, path: Key) -> None:
        self._at += 1
        while (token := self._peek(0)) != "}":
            if token in {"\n", ","}:
                self._at += 1
            else:
                self._pair(path)
        self._at += 1

    def _peek(self, ahead: int) -> str:
        place = self._at + ahead
        if place >= len(self._tokens):
            return ""
        kind, text, _ = self._tokens[place]
        return text if kind in {"punct", "newline"} else kind


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of all that matters; comments and blanks are passed over."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind not in {"comment", "space"}:
            yield kind, match[0], line
        line += match[0].count("\n")
