"""Only those patterns are looked for whose signs are in a text, and nothing is found otherwise."""

from __future__ import annotations

import marshal
import re
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.util import AMP_SUBSTITUTE

from outreach_kit.practice import prose
from outreach_kit.practice.markdown_parser import Parser
from outreach_kit.practice.prose import parse_prose

SIGNS = ("*", "**", "_", "`", "``", "\\", "[", "]", "(", ")", "![", "!", "<", ">", "&amp;", "|")
BLANKS = (" ", "  ", "    ", "\t", "\n", "\n\n")
BLOCKS = ("- ", "1. ", "# ", "> ", "---\n", "===", "| a | b |\n", "|---|---|\n", "[a]: /b/\n")
WORDS = ("word", "[a]", "https://a.example", "a@b.example")
PIECES = st.sampled_from((*SIGNS, *BLANKS, *BLOCKS, *WORDS))
SAID = ("Ask", "it's", '"so"', "--", "...", "1.", "2)", "#1", "+", "-", "=", "$5", "a:", "(b)", "!")
LINE = st.sampled_from(
    (
        *SAID,
        " ",
        "  ",
        "~",
        "/x",
        "https://a.example",
        "{c}",
        "^",
        "%",
        "@",
        "é",
        "\u00a0",
        "\u2028",
    )
)
PARSER = Parser()
ALL_PATTERNS = Parser()
ALL_PATTERNS._patterns = tuple(((), pattern) for _, pattern in ALL_PATTERNS._patterns)
ALL_PATTERNS._md.treeprocessors.deregister("settle")


def written(parser: Parser, text: str) -> bytes:
    root = parser.parse(text)
    return b"" if root is None else tostring(root)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_text_is_parsed_as_if_every_pattern_were_looked_for(text: str) -> None:
    assert written(PARSER, text) == written(ALL_PATTERNS, text)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a *b* c", "em"),
        ("a __b__ c", "strong"),
        ("`b`", "code"),
        ("[a](/b/)", "a"),
        ("[a]\n\n[a]: /b/", "a"),
        ("<https://a.example>", "a"),
        ("<a@b.example>", "a"),
        ("![a](/b.png)", "img"),
        ("a  \nb", "br"),
    ],
)
def test_each_pattern_is_found_by_its_sign_alone(text: str, tag: str) -> None:
    assert f"<{tag}".encode() in written(PARSER, text)


def test_what_an_earlier_text_lacked_is_found_in_the_next() -> None:
    assert b"<em>" not in written(PARSER, "plain")
    assert b"<em>" in written(PARSER, "*not* plain")


def test_sign_that_is_escaped_stays_a_sign() -> None:
    assert written(PARSER, r"\*a\*") == b"<div><p>*a*</p></div>"


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=9).map("".join))
def test_line_of_plain_words_is_read_without_the_parser_as_with_it(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_PLAIN_LINE", re.compile("(?!)"))
        parsed = prose._parse(text)
    assert prose._parse(text) == parsed


def test_the_parsers_own_sign_for_and_is_known() -> None:
    assert prose.PARSERS_AND == AMP_SUBSTITUTE


def test_a_plain_line_is_a_paragraph() -> None:
    said = parse_prose("Card at the visit; please give 24 hours' notice.")
    assert said == ["div", {}, ["p", {}, "Card at the visit; please give 24 hours’ notice."]]


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_tree_is_made_of_values_that_another_process_can_be_given(text: str) -> None:
    """The parser's own kinds of text cannot: a line that is settled is marked by one."""
    said = f"plain words\n\n{text}"
    try:
        tree = parse_prose(said)
    except prose.ProseRefused:
        return
    assert marshal.loads(marshal.dumps(tree)) == tree
