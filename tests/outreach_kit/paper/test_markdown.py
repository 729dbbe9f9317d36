"""A Markdown tree becomes tagged content: lists, tables, quotes and headings, and never markup."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typst

from outreach_kit.brand import palette
from outreach_kit.paper.fonts import gather_fonts, search_fonts
from outreach_kit.paper.press import compile_pdf
from outreach_kit.places import PAPER
from outreach_kit.practice.facts import Brand
from outreach_kit.practice.prose import parse_prose
from tests.outreach_kit.paper import reading

PROBE = """
#import "theme.typ": *
#import "md.typ": render
#show: sheet
#title[Probe]
= First
#render(data.tree, shift: 0)
"""
TEXT = """
## Before the call

Have a pen, `#panic()` and *patience*.

1. Ask for the name.
2. Ask what happens next.
    - In days
    - In hours

> I am calling about **one** thing.

| Plan | Price |
|:-----|------:|
| $a$  | #1    |

***

    code #import "x"

A [page](/fees/), a [site](https://a.example) and a break{soft}
here.
""".replace("{soft}", "  ")


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    root = tmp_path / "sheets"
    shutil.copytree(PAPER, root)
    (root / "probe.typ").write_text(PROBE, encoding="utf-8")
    fonts = search_fonts(gather_fonts(tmp_path), None, system=False)
    compiler = typst.Compiler(root=str(root), font_paths=fonts, ignore_system_fonts=True)
    colours = palette(Brand()).__dict__
    frame = {
        "title": "Probe", "author": "A", "description": "D", "keywords": ["k"], "language": "en",
        "region": None, "direction": "ltr", "paper": "a4", "palette": colours,
    }  # fmt: skip
    data = {"frame": frame, "tree": parse_prose(TEXT)}
    return compile_pdf(compiler, str(root / "probe.typ"), {"data": json.dumps(data)}, 0)[0]


def test_every_kind_of_block_is_tagged_as_what_it_is(pdf: bytes) -> None:
    tags = reading.tags(pdf)
    assert tags.count("L") == 2
    assert tags.count("LI") == 4
    assert tags.count("TH") == 2
    assert tags.count("TD") == 2
    assert {"H2", "BlockQuote", "Table", "Code", "Em", "Strong", "Link"} <= set(tags)


def test_the_words_are_those_of_the_text(pdf: bytes) -> None:
    text = reading.text_of(pdf)
    for words in ("#panic()", "$a$", "#1", 'code #import "x"', "Ask what happens next.", "here."):
        assert words in text


def test_only_addresses_that_work_on_paper_are_links(pdf: bytes) -> None:
    assert reading.links(pdf) == ["https://a.example"]
