"""Crisis lines that can be tapped, and colleagues who said yes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from outreach_kit.practice import ColleaguesFile, Practice, load_practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.reading_ease import grade
from tests.outreach_kit.web.things import (
    FORM_URL,
    TODAY,
    AnyAsset,
    Document,
    change_facts,
)
from tests.samples import GROUP_PRACTICE

URL = "/resources/"


@pytest.fixture(scope="module")
def page(site: Site) -> Document:
    return read(site)[URL]


def ways(page: Document) -> dict[str, str]:
    """What a tap does, by what it says."""
    return {
        " ".join(one.text.split()): one["href"]
        for one in page.all("a")
        if re.match(r"(?:tel|sms):", one["href"])
    }


@pytest.mark.parametrize(
    ("says", "does"),
    [
        ("Call 911", "tel:911"),
        ("Call 988", "tel:988"),
        ("Text 988", "sms:988"),
        ("Call 988, then press 2", "tel:988"),
        ("Text AYUDA to 988", "sms:988"),
        ("Call 988, then press 1", "tel:988"),
        ("Text 838255", "sms:838255"),
        ("Text HOME to 741741", "sms:741741"),
        ("Call 1-800-799-7233", "tel:+18007997233"),
        ("Text START to 88788", "sms:88788"),
        ("Text 1-833-852-6262", "sms:+18338526262"),
        ("Call (360) 555-0190", "tel:+13605550190"),
    ],
)
def test_a_line_is_one_tap_away(page: Document, says: str, does: str) -> None:
    assert ways(page)[says] == does


def test_the_lines_come_first_and_those_near_here_before_those_for_one_need(
    page: Document,
) -> None:
    headings = [one.text for one in page.all("h2")]
    assert headings[:4] == ["Right now", "Near here", "For one need", "Colleagues we trust"]


def test_a_colleague_is_shown_with_what_the_desk_handed_out(page: Document) -> None:
    text = " ".join(page.one("ul", class_="trusted").text.split())
    for fact in (
        "Iris Okafor, PhD", "North Fork Recovery · Mill Creek", "Grief", "Ages 16 and older",
        "English and Spanish", "In network with Regence and Apple Health", "Sliding scale",
        "Online in Washington", "Ages 5 to 18", "Takes people who pay themselves",
    ):  # fmt: skip
        assert fact in text, fact
    assert page.all("a", href="https://haddadfamily.example", rel="noreferrer external")
    assert "As of November 16, 2026." in page.text
    assert "2026-02-02" not in page.text


def test_nobody_is_shown_before_the_day_on_which_they_agree(site: Site, practice: Practice) -> None:
    assert practice.trusted is not None
    first, *others = practice.trusted.colleague
    later = first.model_copy(update={"agreed_on": TODAY + dt.timedelta(days=1)})
    listed = practice.trusted.model_copy(update={"colleague": (later, *others)})
    page = reshaped(site, dataclasses.replace(practice, trusted=listed))[URL]
    assert first.name not in page.text
    assert others[0].name in page.text


def test_without_colleagues_and_lines_of_its_own_a_practice_still_has_the_country_s(
    site: Site, practice: Practice
) -> None:
    bare = dataclasses.replace(practice, lines=(), trusted=None)
    page = reshaped(site, bare)[URL]
    assert "Near here" not in page.text
    assert "Colleagues" not in page.one("main").text
    assert "Call 988" in ways(page)


def test_elsewhere_no_number_is_named_that_may_be_wrong(site: Site, practice: Practice) -> None:
    abroad = change_facts(practice, address={"country": "CA"})
    page = reshaped(site, abroad)[URL]
    assert "988" not in page.one("main").text
    assert "Alder County Crisis Line" in page.text
    silent = dataclasses.replace(abroad, lines=(), trusted=None)
    pages = reshaped(site, silent)
    assert URL not in pages
    assert "Crisis lines and more help" not in pages["/"].text


def test_it_is_written_for_somebody_in_the_worst_hour(page: Document) -> None:
    main = page.elements[page.elements.index(page.one("main")) :]
    said = " ".join(one.text.strip().rstrip(".") + "." for one in main if one.tag == "p")
    assert grade(re.sub(r"[\d()-]+", "", said)) <= 8


def test_what_a_colleague_takes_is_said_in_the_language_of_the_page() -> None:
    practice = load_practice(GROUP_PRACTICE)
    taken = practice.clinicians[0].facts.not_fit[0]
    told = practice.in_language("es").clinicians[0].facts.not_fit[0]
    assert taken != told
    trusted = ColleaguesFile.model_validate(
        {
            "written_on": TODAY,
            "colleague": [{"name": "Iris", "takes": [taken, "Grief"], "agreed_on": TODAY}],
        }
    )
    site = Site(practice, TODAY, form_url=FORM_URL, assets=AnyAsset())
    page = reshaped(site, dataclasses.replace(practice, trusted=trusted))["/es/resources/"]
    chips = page.one("ul", class_="chips")
    assert told in chips.text
    [marked] = [one for one in page.all("li", lang="en") if one.text == "Grief"]
    assert marked["dir"] == "ltr"
    assert "Línea de crisis del condado de Alder" in page.text
    names = [one.text for one in page.all("h3")]
    assert names.index("988 en español") == 1
    assert page.one("a", href="sms:741741").text.split()[1] == "AYUDA"
    text = page.one("a", href="sms:+13605550166")
    assert "(360) 555-0166" in text.text
