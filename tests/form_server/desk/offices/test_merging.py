"""Two entries for one office: found, seen side by side, and made one."""

from __future__ import annotations

import pytest

from form_server.ledger import SourceFacts
from tests.form_server.desk.offices.book import alder, an_office, seen, send
from tests.form_server.desk.stage import Stage

PAIR = "/desk/offices/doubles/k7m2xq/second"


@pytest.fixture
def twice(desk: Stage) -> Stage:
    alder(desk, website="https://alder.example")
    facts = SourceFacts(
        "The Alder Fam Medicine", town="Alder Falls", phone="(360) 555-0100", hours="9 to 4",
        audience="physicians",
    )  # fmt: skip
    desk.clock.advance(minutes=1)
    an_office(desk, "second", facts)
    seen(desk, "second", 20)
    an_office(desk, "other", SourceFacts("Birch Clinic"))
    return desk


def test_doubles_are_found_and_lead_to_both_side_by_side(twice: Stage) -> None:
    page = twice.get("/desk/offices/doubles").text
    assert PAIR in page
    assert "Birch Clinic" not in page
    both = twice.get(PAIR).text
    for said in ("(360) 555-0177", "(360) 555-0100", "9 to 4", "Dana Whitfield", "Keep "):
        assert said in both


def test_the_one_that_stays_has_the_word_and_the_other_fills_its_gaps(twice: Stage) -> None:
    answer = send(twice, PAIR, PAIR, {"keep": "second"})
    assert answer.location == "/desk/offices/second?done=merged"
    assert "The two entries are one now" in twice.get(answer.location).text
    facts = twice.ledger.address_book.get("second").facts
    assert (facts.name, facts.phone, facts.hours) == (
        "The Alder Fam Medicine", "(360) 555-0100", "9 to 4",
    )  # fmt: skip
    assert (facts.website, facts.postal_code) == ("https://alder.example", "98261")
    assert [one.name for one in twice.ledger.address_book.people()["second"]] == ["Dana Whitfield"]
    assert twice.get("/desk/offices/k7m2xq").location == "/desk/offices/second"
    assert "Nobody is on the list twice" in twice.get("/desk/offices/doubles").text


def test_one_must_be_chosen(twice: Stage) -> None:
    for keep in ("", "other"):
        answer = send(twice, PAIR, PAIR, {"keep": keep})
        assert answer.status_code == 422
        assert "Choose which of the two stays" in answer.text
    assert len(twice.ledger.address_book.all()) == 3


@pytest.mark.parametrize("pair", ["k7m2xq/k7m2xq", "k7m2xq/nobody", "K7M2XQ/second"])
def test_what_are_no_two_offices_is_not_there(twice: Stage, pair: str) -> None:
    assert twice.get(f"/desk/offices/doubles/{pair}").status_code == 404


def test_one_that_is_gone_already_is_not_merged_again(twice: Stage) -> None:
    form = {"keep": "k7m2xq"}
    assert send(twice, PAIR, PAIR, form).status_code == 303
    assert send(twice, "/desk/offices", PAIR, form).status_code == 404
