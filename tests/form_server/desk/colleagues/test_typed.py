"""What is typed about a colleague is read whole, with every complaint at once."""

from __future__ import annotations

from datetime import date

import pytest

from form_server.desk.colleagues.typed import read_typed, spell
from form_server.ledger import ColleagueFacts
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.form_server.desk.colleagues.people import IRIS

TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def read(ours: Practice, **typed: str) -> tuple[ColleagueFacts, dict[str, str]]:
    return read_typed({"name": "Iris", **typed}, ours, TODAY, {"k7q2"})


def test_what_is_shown_reads_back_as_it_was(practice: Practice) -> None:
    assert read(practice, **spell(IRIS)) == (IRIS, {})


def test_a_name_is_enough(practice: Practice) -> None:
    assert read(practice) == (ColleagueFacts(name="Iris"), {})
    assert "name" in read(practice, name="  ")[1]


def test_all_complaints_come_at_once(practice: Practice) -> None:
    _, complaints = read(
        practice, phone="12", fax="x", email="nobody", website="javascript:alert(1)",
        booking_url="no spaces here.example/ x", youngest="minus", oldest="200", miles="-4",
        openings="many", openings_on="soon", telehealth="Washington", self_pay="perhaps",
        notes="x" * 2001, practice="x" * 201, source_code="ZZZZ", public_on="2027-01-01",
    )  # fmt: skip
    assert set(complaints) == {
        "phone", "fax", "email", "website", "booking_url", "youngest", "oldest", "miles",
        "openings", "openings_on", "telehealth", "self_pay", "notes", "practice", "source_code",
        "public_on",
    }  # fmt: skip


def test_a_count_of_openings_always_has_its_day(practice: Practice) -> None:
    assert read(practice, openings="2")[0].openings_on == TODAY
    assert read(practice, openings="2", openings_on="11/14/2026")[0].openings_on == date(
        2026, 11, 14
    )
    assert read(practice, openings_on="2026-11-14")[0].openings_on is None
    assert "openings_on" in read(practice, openings="2", openings_on="2026-11-17")[1]


def test_oldest_is_not_below_youngest(practice: Practice) -> None:
    assert "oldest" in read(practice, youngest="18", oldest="12")[1]


def test_lists_are_parted_and_said_once(practice: Practice) -> None:
    facts, _ = read(practice, plans="Premera, Regence;Premera\nKaiser PPO", telehealth="wa, or")
    assert facts.plans == ("Premera", "Regence", "Kaiser PPO")
    assert facts.telehealth == ("WA", "OR")


def test_needs_are_the_practices_own_or_become_words(practice: Practice) -> None:
    facts, _ = read(practice, needs="panic\nA custody evaluation\nHoarding", need_words="grief")
    assert facts.needs == ("panic", "a-custody-evaluation")
    assert facts.need_words == ("grief", "Hoarding")


def test_numbers_and_links_are_mended_as_far_as_possible(practice: Practice) -> None:
    facts, complaints = read(practice, phone="360.555.0161 x5", website="northfork.example")
    assert complaints == {}
    assert facts.phone == "(360) 555-0161 ext. 5"
    assert facts.website == "https://northfork.example"


@pytest.mark.parametrize(
    "link", ["data:text/html,x", "ftp://a.example", "https://a", "//x y.example"]
)
def test_only_pages_of_the_web_are_links(practice: Practice, link: str) -> None:
    assert "website" in read(practice, website=link)[1]
