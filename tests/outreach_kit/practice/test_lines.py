"""Every key that a TOML parser finds, the scanner finds on its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice.lines import Key, find_key_lines, line_of

TRICKY = '''# remark = 1
title = "a # b = [" # more
"quoted key" = 1
a.b.c = { d = 1, "e" = [1, { f = 2 }] }
text = """
not_a_key = 1
[not.a.table]
"""
raw = \'\'\'x = "\'\'\'
[one."two three"]
list = [ # inside
  "x, ]", # remark
  [1, 2],
]
[[rows]]
k = 1
[[rows]]
k = 2
[rows.sub]
z = 1979-05-27T07:32:00Z
'''


def paths(value: Any, path: Key = ()) -> Iterator[Key]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


def test_tricky_file_is_mapped_to_its_lines() -> None:
    lines = find_key_lines(TRICKY)
    rows = TRICKY.splitlines()
    assert rows[lines[("quoted key",)] - 1].startswith('"quoted key"')
    assert lines[("a", "b", "c", "e", 1, "f")] == 4
    assert rows[lines[("one", "two three", "list", 1)] - 1].strip() == "[1, 2],"
    assert rows[lines[("rows", 1, "k")] - 1] == "k = 2"
    assert rows[lines[("rows", 1, "sub", "z")] - 1].startswith("z =")


@pytest.mark.parametrize(
    "text", [TRICKY, *(p.read_text("utf-8") for p in SAMPLE_PRACTICE.rglob("*.toml"))]
)
def test_every_path_has_a_line_of_its_own(text: str) -> None:
    assert set(paths(tomllib.loads(text))) <= set(find_key_lines(text))


@given(st.lists(st.sampled_from(TRICKY.splitlines()), max_size=12), st.text(max_size=20))
def test_whatever_toml_accepts_is_scanned(rows: list[str], noise: str) -> None:
    text = "\n".join([*rows, noise])
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = find_key_lines(text)
    for path in paths(values):
        assert 1 <= line_of(lines, path) <= text.count("\n") + 1


def test_unknown_path_falls_back_to_what_surrounds_it() -> None:
    lines = find_key_lines("[a]\nb = 1\n")
    assert line_of(lines, ("a", "missing")) == 1
    assert line_of(lines, ("nowhere",)) == 0
