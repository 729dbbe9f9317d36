"""A heading of the owner's can be linked to, and its name clashes with nothing on the page."""

from __future__ import annotations

import re

import pytest

from outreach_kit.places import TEMPLATES
from outreach_kit.practice import Prose
from outreach_kit.practice.prose import parse_prose
from outreach_kit.web.heading_ids import PLACES_OF_OURS, name_headings, slugify
from outreach_kit.web.prose import prose_html


def names(text: str) -> list[str]:
    return list(name_headings(parse_prose(text)))


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Not for emergencies", "not-for-emergencies"),
        ("“And if they ask?” 3 days", "and-if-they-ask-3-days"),
        ("¿Qué nota Ud.?", "qué-nota-ud"),
        ("e\u0301te\u0301", "été"),
        ("\u2067مواعيد العمل\u2069", "مواعيد-العمل"),
        ("हिंदी में", "हिंदी-में"),
        ("שעות הפתיחה", "שעות-הפתיחה"),
        ("—", ""),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_heading_is_called_by_its_own_letters(heading: str, name: str) -> None:
    assert slugify(heading) == name


def test_each_heading_has_a_name_of_its_own_and_leaves_ours_alone() -> None:
    assert names("# Main\n\n## Twice\n\n## Twice\n\n## Twice 2\n\n# 🙂\n\n> ## Quoted") == [
        "main-2", "twice", "twice-2", "twice-2-2", "section", "quoted",
    ]  # fmt: skip


def test_a_name_stays_when_other_headings_change() -> None:
    assert (
        names("## Fees\n\n## Plans")[1:] == names("## Something else\n\n## Plans")[1:] == ["plans"]
    )


def test_the_page_carries_the_names_through_its_writer() -> None:
    prose = Prose("# One *two*\n\nText\n\n1. a\n\n    ### Inside", "page.md")
    assert str(prose_html(prose)).startswith('<h2 id="one-two">One <em>two</em></h2>')
    assert '<h4 id="inside">Inside</h4>' in prose_html(prose)


def test_names_of_ours_around_an_owners_words_are_all_known() -> None:
    around = [
        path.read_text(encoding="utf-8")
        for path in TEMPLATES.glob("*.html")
        if path.name == "base.html"
        or re.search(r"view\.(?:body|profile|speech)\b", path.read_text(encoding="utf-8"))
    ]
    assert len(around) >= 5
    ours = {name for text in around for name in re.findall(r'\bid="([^"{]+)"', text)}
    assert ours <= PLACES_OF_OURS
