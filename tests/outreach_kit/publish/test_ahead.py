"""A changed text is parsed by a copy of the process, or not at all: then whoever needs it parses it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from outreach_kit.practice.prose import parse_prose, take_trees
from outreach_kit.publish.ahead import Ahead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux alone")


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_copy_parses_as_we_do(tmp_path: Path) -> None:
    first = write(
        tmp_path, "fees.md", "---\ntitle: Fees\n---\n\n# Fees\n\nA *small* [fee](/fees/).\n"
    )
    second = write(tmp_path, "rest.md", "R&amp;D -- “quiet”\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    trees = Ahead([first, second]).finish()
    assert len(trees) == 2
    assert all(tree == parse_prose(text) for text, tree in trees.items())


def test_what_a_copy_has_parsed_is_taken_for_parsed() -> None:
    tree = ["div", {}, ["p", {}, "as if"]]
    take_trees({"nobody has written this": tree})
    assert parse_prose("nobody has written this") is tree


@pytest.mark.parametrize("text", ["<b>refused</b>", "\x00"])
def test_a_text_that_is_refused_is_left_to_who_can_say_so(tmp_path: Path, text: str) -> None:
    assert Ahead([write(tmp_path, "page.md", text)]).finish() == {}


def test_a_file_that_is_gone_is_no_text(tmp_path: Path) -> None:
    assert set(Ahead([str(tmp_path / "gone.md")]).finish()) <= {""}


def test_no_copy_is_made_where_it_would_not_pay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write(tmp_path, "page.md", "Words.")

    def refuse() -> int:
        raise AssertionError("a copy was made")

    monkeypatch.setattr(os, "fork", refuse)
    assert Ahead([]).finish() == {}
    assert Ahead([page, write(tmp_path, "practice.toml", "")]).finish() == {}
    assert Ahead([page] * 4).finish() == {}
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    assert Ahead([page]).finish() == {}


def test_a_copy_whose_trees_nobody_wants_is_let_go(tmp_path: Path) -> None:
    begun = Ahead([write(tmp_path, "page.md", "Words. " * 20_000)])
    begun.leave()
    assert begun.finish() == {}
