"""The owner's Markdown on the screen."""

from __future__ import annotations

import pytest

from outreach_kit.practice import Prose
from outreach_kit.web.prose import prose_html


def html(text: str) -> str:
    return str(prose_html(Prose(text, "page.md"), anchored=False))


def test_the_highest_heading_follows_the_pages_own_title() -> None:
    assert html("# One\n\n## Two") == "<h2>One</h2><h3>Two</h3>"
    assert html("#### Only") == "<h2>Only</h2>"


def test_characters_of_html_stay_characters() -> None:
    assert html("a < b & `<i>`") == "<p>a &lt; b &amp; <code>&lt;i&gt;</code></p>"


def test_alignment_becomes_a_class_because_inline_styles_are_refused() -> None:
    table = html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert 'class="align-right"' in table
    assert "style=" not in table
    assert table.startswith('<div class="scroller" tabindex="0"><table>')
    assert html("    a").startswith('<pre tabindex="0">')


def test_lists_and_breaks_survive() -> None:
    assert html("3. three\n4. four") == '<ol start="3"><li>three</li><li>four</li></ol>'
    assert html("one  \ntwo") == "<p>one<br>two</p>"


@pytest.mark.parametrize(
    "href",
    ["/fees/", "#below", "https://example.org/a?b=c&d", "mailto:a@example.org", "tel:+13605550142"],
)
def test_links_lead_where_they_were_written_to_lead(href: str) -> None:
    assert f'<a href="{href.replace("&", "&amp;")}">here</a>' in html(f"[here]({href})")
