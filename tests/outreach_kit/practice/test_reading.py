"""Whatever a TOML file holds, reading it ends in a model or in complaints with something to do."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.complaints import model_in
from outreach_kit.practice.facts import Facts
from outreach_kit.practice.front import read_fields, take_apart
from outreach_kit.practice.reading import Reader
from outreach_kit.practice.schema import SCHEMAS
from outreach_kit.practice.words import FACTS_OF


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"Fees: what it costs"', "Fees: what it costs"),
        ("'Fees'", "Fees"),
        ('What we mean by "warm"', 'What we mean by "warm"'),
        ('"Warm" and "cold"', '"Warm" and "cold"'),
        ("Mothers' group", "Mothers' group"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_quotes_around_a_field_go_and_those_in_it_stay(written: str, read: str) -> None:
    assert list(read_fields(f"title: {written}\n")) == [(2, "title", read)]


def known_keys(model: type[Facts]) -> set[str]:
    keys = set(model.model_fields)
    for field in model.model_fields.values():
        table = model_in(field.annotation)
        if table is not None and issubclass(table, Facts):
            keys |= known_keys(table)
    return keys


KEYS = sorted(set().union(*(known_keys(model) for model in SCHEMAS.values())))
WORDS = st.sampled_from(["", "en", "panic", "{", "A. B. C.", "x" * 500, "a\tb", "ñ", "2026-11-16"])
NAMES = st.sampled_from(KEYS) | st.text("ab -", min_size=1, max_size=3)
VALUES = st.recursive(
    st.booleans() | st.integers(-1, 100) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {as_toml(one)}" for key, one in value.items())
        return "{" + inside + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_file_is_read_or_complained_about(values: dict[str, object]) -> None:
    text = "".join(f"{json.dumps(key)} = {as_toml(one)}\n" for key, one in values.items())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.toml"
        path.write_text(text, encoding="utf-8")
        for model in SCHEMAS.values():
            reader = Reader(Path(folder))
            found = reader.toml(path, model, FACTS_OF.get(model))
            assert (found is None) == bool(reader.problems)
            for problem in reader.problems:
                assert problem.what.endswith(".")
                assert problem.todo.endswith((".", "?", "…", "”")), problem
                assert 0 <= problem.line <= len(values)


@pytest.mark.parametrize(
    ("name", "slug", "language"),
    [
        ("profile.md", "profile", "en"),
        ("profile.es.md", "profile", "es"),
        ("profile.es-MX.md", "profile", "es-MX"),
        ("two.words.md", "two.words", "en"),
    ],
)
def test_name_of_a_text_is_taken_apart(name: str, slug: str, language: str) -> None:
    assert take_apart(name, "en") == (slug, language)


def test_name_without_its_ending_is_nobodys() -> None:
    assert take_apart("profile.txt", "en") is None
