"""Markdown becomes one tree of plain text and known tags, or a message."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.practice.prose import ProseRefused, links, parse_prose, plain_text, walk


def test_tree_holds_unicode_text_without_markup() -> None:
    tree = parse_prose('AT&T &copy; &amp;lt; "hi" it\'s *so "b"* -- `a<b> &amp;`')
    assert tree == [
        "div",
        {},
        [
            "p", {}, "AT&T © &lt; “hi” it’s ",
            ["em", {}, "so “b”"], " – ", ["code", {}, "a<b> &amp;"],
        ],
    ]  # fmt: skip


def test_quotes_know_what_stands_before_them() -> None:
    assert plain_text(parse_prose('She said "**no**" and "yes"')) == "She said “no” and “yes”"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("fine\n\nthis <script>alert(1)</script>", 3, "HTML"),
        ("<!-- remark -->", 1, "HTML"),
        ("    code\n\nthis <b>word</b>", 3, "HTML"),
        ("a\nb\x07", 2, "U+0007"),
        ("[x](javascript:alert(1))", 1, "link leads"),
        ("[x](https://)", 1, "link leads"),
        ("[x](mailto:ana@)", 1, "link leads"),
        ("[x](tel:call-me)", 1, "link leads"),
        ("[x](//evil.example)", 1, "link leads"),
        ("> " * 60 + "deep", 1, "nested too deeply"),
        ("![x](https://example.org/a.png)", 1, "A picture is not printed"),
    ],
)
def test_what_is_not_printed_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(ProseRefused) as caught:
        parse_prose(text)
    assert caught.value.line == line
    assert says in caught.value.what


@pytest.mark.parametrize(
    "text", ["`<b>`", "    <b>\n", "<me@example.org>", "<https://example.org/x>", "1 < 2 > 1"]
)
def test_code_addresses_and_arithmetic_are_not_html(text: str) -> None:
    assert parse_prose(text)[2:]


def test_typst_source_at_the_start_of_a_line_stays_text() -> None:
    tree = parse_prose('#import "x.typ"\n\n# A heading')
    assert [node[0] for node in tree[2:]] == ["p", "h1"]


@pytest.mark.parametrize(
    "link",
    ["tel:911", "TEL:+1-360-555-0142", "tel:(360)555-0142", "mailto:a@b.org?subject=Hi", "HTTPS://a.b"],
)  # fmt: skip
def test_whatever_can_be_followed_is_a_link(link: str) -> None:
    assert list(links(parse_prose(f"[x]({link})"))) == [link]


def test_links_come_in_reading_order() -> None:
    assert list(links(parse_prose("[a](/x/) and [b](https://example.org)"))) == [
        "/x/",
        "https://example.org",
    ]


@given(st.text(max_size=300) | st.text(alphabet="\r\n\x1e\x1b a<b>*_[]()`#-", max_size=80))
def test_any_text_yields_a_tree_or_a_message(text: str) -> None:
    try:
        tree = parse_prose(text)
    except ProseRefused as refused:
        lines = len(re.split(r"\r\n|\r|\n", text))
        assert 1 <= refused.line <= lines  # noqa: PT017 - either way out is right
        return
    json.dumps(tree)
    for node in walk(tree):
        assert all("\x02" not in child for child in node[2:] if isinstance(child, str))
