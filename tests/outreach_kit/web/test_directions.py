"""Two languages on one page: what stays in English says so, and numbers run as they are dialled."""

from __future__ import annotations

import dataclasses
import re

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Site
from outreach_kit.web.directions import tell_apart
from outreach_kit.web.fallbacks import CLOSE, OPEN, count_messages, has_words, mark, unmark
from outreach_kit.web.language import words_in, words_on_page
from tests.outreach_kit.web.things import (
    FORM_URL,
    TODAY,
    AnyAsset,
    Document,
    change_clinician,
    change_facts,
    render_all,
)
from tests.samples import GROUP_PRACTICE

NICHE = "نساعد من يمرّون بأوقات صعبة. اتصلوا على (360) 555-0160."
PARKING = "موقف مجاني. اسألوا hello@tworivers.example أو 360-555-0161"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """A practice that writes in Arabic, in English frames."""
    group = load_practice(GROUP_PRACTICE)
    told = change_facts(
        group,
        practice={"languages": ("ar",), "niche": NICHE},
        address={"parking": PARKING, "access": "Elevator from the lobby."},
    )
    told = change_clinician(told, name="آنا رويز")
    told = dataclasses.replace(told, notes=(), pages=(), topics=())  # those are in other languages
    return render_all(Site(told, TODAY, FORM_URL, "https://tworivers.example", AnyAsset()))


def test_sentence_without_words_is_an_element_of_its_language() -> None:
    html = f"<p>{mark('Call ' + mark('us') + '.')} وبعد</p>"
    assert tell_apart(html, "ltr") == '<p><span lang="en" dir="ltr">Call us.</span> وبعد</p>'


def test_sentence_with_a_link_in_it_stays_whole() -> None:
    html = f'<p>{OPEN}Call <a href="tel:988">988</a>.{CLOSE}</p>'
    whole = '<p><span lang="en" dir="ltr">Call <a href="tel:988">988</a>.</span></p>'
    assert tell_apart(html, "rtl") == whole


@pytest.mark.parametrize("tag", ["title", "option", "textarea", "script"])
def test_what_can_hold_no_element_gets_none(tag: str) -> None:
    html = f"<{tag}>{mark('Any plan, (360) 555-0160')}</{tag}><b>{mark('Plan')}</b>"
    told = tell_apart(html, "rtl")
    assert told.startswith(f"<{tag}>Any plan, (360) 555-0160</{tag}><b><span")


def test_attributes_are_plain_save_those_that_a_script_shows() -> None:
    html = f'<p title="{mark("Find")}" data-none="{mark("Nobody.")}">a</p>'
    assert tell_apart(html, "ltr") == f'<p title="Find" data-none="{mark("Nobody.")}">a</p>'


@pytest.mark.parametrize(
    "number",
    [
        "(360) 555-0160", "360-555-0160", "+972 3-123-4567", "(360) 555-0160 ext. 12",
        "hello@tworivers.example", "https://tworivers.example/book",
    ],
)  # fmt: skip
def test_number_in_a_line_that_runs_leftwards_is_set_apart(number: str) -> None:
    line = "<p>اتصل على {}.</p>"
    html = line.format(number)
    name = "" if "@" in number or ":" in number else 'class="number" '
    assert tell_apart(html, "rtl") == line.format(f'<bdi {name}dir="ltr">{number}</bdi>')
    assert tell_apart(html, "ltr") == html
    assert tell_apart(tell_apart(html, "rtl"), "rtl") == tell_apart(html, "rtl")


def test_line_of_latin_letters_keeps_the_point_at_its_end() -> None:
    assert tell_apart("<p> Ask; nobody pays. </p>", "rtl") == (
        '<p> <bdi dir="ltr">Ask; nobody pays.</bdi> </p>'
    )
    for told in ('<p dir="ltr">Ask <b>us</b>.</p>', "<bdi>9 Harbor Way</bdi>"):
        assert tell_apart(told, "rtl") == told


def test_what_an_owner_typed_is_never_taken_for_a_mark() -> None:
    typed = "<p>\u2066Harbor Way\u2069 هنا</p>"
    assert "span" not in tell_apart(typed, "rtl")
    assert unmark("\u2066Harbor\u2069") == "\u2066Harbor\u2069"


def test_page_of_a_language_without_words_says_so_of_each_sentence(pages: dict[str, str]) -> None:
    for url, text in pages.items():
        if url.endswith("/"):
            page = Document(text)
            assert page.one("html")["dir"] == "rtl"
            assert OPEN not in page.text, url
            headings = page.all("span", lang="en", dir="ltr")
            assert "Not safe right now?" in [one.text for one in headings], url
            loose = re.sub(r'<(span|p|bdi)[^>]* dir="ltr">.*?</\1>', "", text.partition("<main")[2])
            assert not re.search(r">[^<]*\b(?:We call|Refer when|Phone|Fees)\b", loose), url
        assert OPEN not in text or url.endswith("/"), url


def test_numbers_in_the_owners_own_words_are_set_apart(pages: dict[str, str]) -> None:
    home, contact = pages["/"], pages["/contact/"]
    assert 'اتصلوا على <bdi class="number" dir="ltr">(360) 555-0160</bdi>.' in home
    assert (
        '<bdi dir="ltr">hello@tworivers.example</bdi> أو <bdi class="number" dir="ltr">360-'
        in contact
    )
    assert '<bdi dir="ltr">Elevator from the lobby.</bdi>' in contact
    assert "<bdi" not in home.partition("</head>")[0]


def test_files_for_machines_hold_the_words_alone(pages: dict[str, str]) -> None:
    others = {url: text for url, text in pages.items() if not url.endswith(("/", ".html"))}
    assert len(others) > 4
    for url, text in others.items():
        assert OPEN not in text, url
        assert "<bdi" not in text, url


def test_language_with_words_has_nothing_to_mark() -> None:
    for tag in ("en", "en-GB", "es", "es-MX"):
        assert has_words(tag), tag
        assert words_on_page(tag).gettext("Phone") == words_in(tag).gettext("Phone")
    assert not has_words("ar")
    assert words_on_page("ar").gettext("Phone") == mark("Phone")
    assert words_on_page("ar").ngettext("{count} minute", "{count} minutes", 2) == (
        mark("{count} minutes")
    )
    assert words_on_page("ar").gettext("“{sentence}”") == "“{sentence}”"
    assert words_in("ar").gettext("Phone") == "Phone"


def test_messages_of_the_fullest_catalogue_are_counted() -> None:
    assert count_messages() > 1200
