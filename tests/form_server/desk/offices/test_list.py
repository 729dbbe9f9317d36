"""The list: found by a word or a number, sifted, in the order that was asked for, in pages."""

from __future__ import annotations

import re

import pytest

from form_server.ledger import SourceFacts, SourceIntake
from tests.form_server.desk.offices.book import FRIEND, WREN, alder, an_office, seen
from tests.form_server.desk.stage import Stage

EVERYBODY = [
    "Alder Family Medicine", "Lee Park", "Lynden Pediatrics", "Wren Elementary School",
]  # fmt: skip


@pytest.fixture
def book(desk: Stage) -> Stage:
    """One seen lately, one forgotten, one that nobody has been to, and a friend."""
    seen(desk, alder(desk), 40)
    seen(desk, an_office(desk, "wren", WREN), 200)
    an_office(desk, "lynden", SourceFacts("Lynden Pediatrics", town="Lynden", tier="a"))
    an_office(desk, "lee", FRIEND)
    return desk


def names(stage: Stage, query: str = "") -> list[str]:
    page = stage.get(f"/desk/offices{query}")
    assert page.status_code == 200
    return re.findall(r'<h2 class="h3"><a [^>]*><bdi>([^<]*)</bdi>', page.text)


def test_all_are_there_by_name(book: Stage) -> None:
    assert names(book) == EVERYBODY
    assert "sources.opened" in book.actions()


def test_a_word_finds_names_towns_people_and_numbers(book: Stage) -> None:
    for typed, found in (
        ("family alder", ["Alder Family Medicine"]),
        ("mill+creek", ["Wren Elementary School"]),
        ("whitfield", ["Alder Family Medicine"]),
        ("(360) 555-0131", ["Wren Elementary School"]),
        ("0179", ["Alder Family Medicine"]),
        ("peds lynden", ["Lynden Pediatrics"]),
        ("ámbér", []),
    ):
        assert names(book, f"?q={typed}") == found, typed


def test_it_is_sifted_by_kind_tier_and_day(book: Stage) -> None:
    for query, found in (
        ("?kind=school", ["Wren Elementary School"]),
        ("?tier=a", ["Lynden Pediatrics"]),
        ("?due=now", ["Lynden Pediatrics", "Wren Elementary School"]),
        ("?due=red", ["Wren Elementary School"]),
        ("?due=first", ["Lynden Pediatrics"]),
        ("?due=later", ["Alder Family Medicine"]),
        ("?due=rests", ["Lee Park"]),
        ("?due=red&kind=office", []),
        ("?kind=%27&due=nonsense&by=x", EVERYBODY),
    ):
        assert names(book, query) == found, query


def test_it_comes_in_other_orders(book: Stage) -> None:
    assert names(book, "?by=wait")[0] == "Wren Elementary School"
    assert names(book, "?by=wait")[-1] == "Lee Park"
    assert names(book, "?by=town")[:3] == [
        "Alder Family Medicine", "Lynden Pediatrics", "Wren Elementary School",
    ]  # fmt: skip
    book.come_back_after(days=1)
    an_office(book, "zeb", SourceFacts("Zebra Clinic"))
    assert names(book, "?by=new")[0] == "Zebra Clinic"
    an_office(book, "alder-family", SourceFacts("Younger Office"))
    book.receive()
    assert names(book, "?by=sent")[0] == "Younger Office"


def test_a_row_says_how_it_stands(book: Stage) -> None:
    page = book.get("/desk/offices?due=red").text
    assert "Not seen in half a year" in page
    assert "Last contact 7 months ago · No referral in 12 months" in page
    assert "School · Mill Creek" in page
    assert ">1 office, out of 4 <" in page


def test_fifty_stand_on_a_page(desk: Stage) -> None:
    many = {f"office-{n}": SourceFacts(f"Office {n:03}") for n in range(120)}
    desk.ledger.address_book.take_in(SourceIntake(new=many), actor="test")
    assert names(desk)[-1] == "Office 049"
    assert names(desk, "?page=2") == [f"Office {n:03}" for n in range(100, 120)]
    assert names(desk, "?page=99") == names(desk, "?page=2")
    assert names(desk, "?page=-1") == names(desk)
    page = desk.get("/desk/offices?q=office&page=1").text
    assert "51 to 100 of 120 offices, out of 120 <" in page
    assert "/desk/offices?page=2&amp;q=office" in page


def test_whoever_was_taken_off_stands_apart(book: Stage) -> None:
    book.ledger.address_book.remove("wren", actor="test")
    assert "Wren Elementary School" not in names(book)
    assert "Wren Elementary School" in book.get("/desk/offices/removed").text


def test_an_empty_book_says_how_to_begin(desk: Stage) -> None:
    assert "Nobody is here yet" in desk.get("/desk/offices").text
