"""The menu of talks."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from outreach_kit.web.language import words_in
from outreach_kit.web.views.trainings import say_lengths
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import change_facts


def test_each_talk_says_what_it_is_how_long_and_for_whom(site: Site) -> None:
    menu = read(site)["/trainings/"].one("main")
    for fact in (
        "When the work-up is clear: panic in primary care", "15 minutes", "15 or 45 minutes",
        "Schools, Congregations and Agencies", "The signs that it is not panic",
        "What we need: A room with chairs in a circle.",
    ):  # fmt: skip
        assert fact in menu.text, fact


def test_one_asks_for_a_talk_by_phone_or_mail(site: Site, practice: Practice) -> None:
    asked = read(site)["/trainings/"]
    assert asked.all("a", href="tel:+13605550142", class_="button")
    assert asked.all("a", href="mailto:hello@harborstreet.example", class_="button quiet")
    silent = reshaped(site, change_facts(practice, contact={"email": None}))["/trainings/"]
    assert "mailto:" not in " ".join(one.attributes.get("href", "") for one in silent.elements)


def test_a_practice_without_talks_has_no_menu_of_them(site: Site, practice: Practice) -> None:
    pages = reshaped(site, dataclasses.replace(practice, trainings=()))
    assert "/trainings/" not in pages
    assert not pages["/"].all("a", href="/trainings/")


def test_lengths_are_said_with_an_or() -> None:
    words = words_in("en")
    assert say_lengths((15,), words) == "15 minutes"
    assert say_lengths((15, 30, 45), words) == "15, 30 or 45 minutes"
