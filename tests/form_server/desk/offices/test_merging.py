"""Two entries for one office: found, seen side by side, and made one."""

from __future__ import annotations

import pytest

from form_server.ledger import NewGift, NewVisit, PersonFacts, SourceFacts, VisitWay
from form_server.rounds import gift_sums
from tests.form_server.desk.offices.book import TODAY, alder, an_office, seen, send
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


def test_whoever_is_in_both_is_there_once_with_the_gifts_and_visits_of_both(twice: Stage) -> None:
    ledger = twice.ledger
    book, today = ledger.address_book, TODAY
    (mine,) = book.people()["k7m2xq"]
    theirs = book.add_person(
        "second", PersonFacts("dana whitfield", email="d@alder.example"), actor="t"
    )
    shared = book.add_person("second", PersonFacts("Lee Park", email="d@alder.example"), actor="t")
    for code, person in (("k7m2xq", mine.id), ("second", theirs.id)):
        ledger.gifts.add(NewGift(code, "Cookies", 300_00, today, person, 1), actor="t")
    visit = NewVisit(ledger.new_id(), "second", VisitWay.VISIT, today, met=(theirs.id, shared.id))
    ledger.visits.log(visit, actor="t")
    send(twice, PAIR, PAIR, {"keep": "k7m2xq"})
    there = {one.id: one.facts for one in book.people()["k7m2xq"]}
    assert set(there) == {mine.id, shared.id}
    assert (there[mine.id].name, there[mine.id].email) == ("Dana Whitfield", "d@alder.example")
    assert ledger.visits.of("k7m2xq")[0].met == (mine.id, shared.id)
    (year,) = [one for one in gift_sums(ledger, today.year, "k7m2xq") if one.person == mine.id]
    assert year.cents == 600_00
    assert year.is_over


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
