"""The statement says what is so: its claims have tests, and its facts come from the folder."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.practice import Practice
from outreach_kit.web import Site, plan_pages
from tests.outreach_kit.web import test_pages_in_browser as in_browser
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.reading_ease import grade
from tests.outreach_kit.web.things import Document, change_clinician, change_facts

URL = "/accessibility/"
JUDGED_ELSEWHERE = {"ask"}
"""Kinds of which a browser test of their own opens every state."""


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Document]:
    return read(site)


def test_it_says_how_to_ask_for_another_way_and_how_to_come_in(
    pages: dict[str, Document],
) -> None:
    text = " ".join(pages[URL].one("main").text.split())
    for fact in (
        "WCAG 2.2", "level AA", "large print", "Phone (360) 555-0142", "Fax (360) 555-0143",
        "hello@harborstreet.example", "dial 711", "Harbor Street Counseling PLLC 214 Harbor St",
        "Step-free entrance and elevator", "Free parking behind the building",
        "This statement is of November 22, 2026.", "No outside expert has tested this site",
    ):  # fmt: skip
        assert fact in text, fact


def test_every_page_leads_to_it(pages: dict[str, Document]) -> None:
    for url, page in pages.items():
        assert [one.text for one in page.all("a", href=URL)] == ["Accessibility"], url


def test_every_kind_of_page_is_opened_in_a_browser_as_it_claims(site: Site) -> None:
    opened = {*in_browser.PAGES, *in_browser.PLAIN_PAGES}
    kinds = {one.kind for one in plan_pages(site) if one.path.endswith(".html")}
    judged = {one.kind for one in plan_pages(site) if one.url in opened}
    assert len(kinds) > 15
    assert kinds - judged - JUDGED_ELSEWHERE == set()


def test_where_nothing_is_said_about_the_way_in_people_are_asked_to_ask(
    site: Site, practice: Practice
) -> None:
    silent = change_facts(practice, address={"access": None, "parking": None})
    assert "Ask us about the way in" in reshaped(site, silent)[URL].text
    online = change_clinician(practice, in_person=False)
    page = reshaped(site, online)[URL].one("main")
    assert "Step-free" not in page.text
    assert "map that we link to" not in page.text
    assert "We meet online, by video, while you are in Washington." in page.text


def test_what_the_practice_does_not_have_is_not_spoken_of(site: Site, practice: Practice) -> None:
    bare = change_facts(
        practice, contact={"fax": None, "email": None}, booking={"url": None},
        address={"country": "CA"},
    )  # fmt: skip
    page = reshaped(dataclasses.replace(site, form_url=None), bare)[URL].one("main")
    for word in ("Fax", "E-mail", "711", "made by another company", "Is the form in your way"):
        assert word not in page.text, word


def test_it_is_written_for_everybody(pages: dict[str, Document]) -> None:
    page = pages[URL]
    main = page.elements[page.elements.index(page.one("main")) :]
    said = " ".join(one.text for one in main if one.tag in {"p", "li"} and "." in one.text)
    assert len(said.split()) > 200
    assert grade(said) <= 8
