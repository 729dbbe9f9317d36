"""What a person reads who comes for the first time."""

from __future__ import annotations

import pytest

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from outreach_kit.web.language import words_in
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.reading_ease import grade
from tests.outreach_kit.web.things import Document, change_clinician, change_facts


@pytest.fixture(scope="module")
def visit(site: Site) -> Document:
    return read(site)["/first-visit/"]


def test_it_covers_the_four_topics_from_the_facts(visit: Document) -> None:
    assert [one.text for one in visit.all("h2") if "id" in one.attributes][:4] == [
        "What we talk about", "When and where we meet", "What it costs", "How you pay",
    ]  # fmt: skip
    for fact in (
        "A free 15-minute call first", "It takes 50 minutes.", "within 4 working hours",
        "Free parking behind the building", "online, by video, while you are in Washington",
        "First session $190", "In network with Regence", "good-faith estimate in writing",
        "Card at the visit.", "24 hours’ notice",
    ):  # fmt: skip
        assert fact in visit.one("main").text, fact


def test_it_is_written_for_everybody(visit: Document) -> None:
    said = " ".join(
        one.text if one.text.rstrip().endswith((".", "?", ":")) else f"{one.text}."
        for one in visit.elements[visit.elements.index(visit.one("main")) :]
        if one.tag in {"p", "li", "h2", "h3"}
    )
    assert len(said.split()) > 250
    assert grade(said) <= 8


def test_a_practice_that_only_meets_online_sends_nobody_to_a_door(
    site: Site, practice: Practice
) -> None:
    online = change_clinician(practice, in_person=False)
    visit = reshaped(site, online)["/first-visit/"].one("main")
    assert "Harbor St" not in visit.text
    assert "parking" not in visit.text
    assert "We meet online, by video, while you are in Washington." in visit.text


def test_who_is_licensed_in_several_states_asks_to_be_in_one_of_them(
    site: Site, practice: Practice
) -> None:
    online = change_clinician(practice, telehealth=("IL", "OR", "WA"))
    said = reshaped(site, online)
    assert "in Illinois, Oregon or Washington." in said["/first-visit/"].one("main").text
    assert "in Illinois, Oregon or Washington." in said["/accessibility/"].one("main").text
    assert "Illinois, Oregon and Washington" in said["/clinicians/nora-ellison/"].text
    spanish = words_in("es")
    assert spanish.either(("Washington", "Oregón")) == "Washington u Oregón"
    assert spanish.either(("Oregón", "Utah", "Idaho")) == "Oregón, Utah o Idaho"


def test_nothing_is_said_that_the_practice_has_not_told(site: Site, practice: Practice) -> None:
    bare = change_facts(
        practice,
        booking={"url": None, "consultation_minutes": None, "note": None},
        payment={"methods": (), "due": None, "cancellation": None},
        promise={"seen_within_days": None},
    )
    visit = reshaped(site, bare)["/first-visit/"].one("main")
    assert "None" not in visit.text
    assert "15-minute" not in visit.text
    assert "Book a time online" not in visit.text
