"""SECURITY.md names a test for each requirement that it calls met, and each of them exists."""

from __future__ import annotations

import ast
import re

import pytest

from outreach_kit.places import CHECKOUT

SECURITY = (CHECKOUT / "SECURITY.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")
_ROW = re.compile(r"^\| ([0-9., ]+) \| ([^|]+) \| ([^|]+) \|(.*)\|?$", re.MULTILINE)
NAMED = sorted(set(_NAMED.findall(SECURITY)))


def names_in(path: str) -> set[str]:
    tree = ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_many_tests_are_named() -> None:
    assert len(NAMED) > 60


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_test_that_is_named_exists(path: str) -> None:
    there = names_in(path)
    assert [name for where, name in NAMED if where == path and name not in there] == []


def test_every_requirement_that_is_met_names_its_test() -> None:
    met, _, unmet = SECURITY.partition("Not met, or met otherwise")
    rows = _ROW.findall(met)
    assert len(rows) > 50
    assert [row[0] for row in rows if not _NAMED.search(row[3])] == []
    assert len(_ROW.findall(unmet)) > 8


def test_no_requirement_is_called_met_and_unmet() -> None:
    met, _, unmet = SECURITY.partition("Not met, or met otherwise")

    def ids(text: str) -> set[str]:
        return {one.strip() for row in _ROW.findall(text) for one in row[0].split(",")}

    assert ids(met) & ids(unmet) == set()
