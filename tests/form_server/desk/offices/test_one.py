"""The page of one office."""

from __future__ import annotations

from form_server.ledger import SourceFacts
from tests.form_server.desk.stage import Stage


def test_a_page_says_whose_it_is_and_that_it_was_opened(desk: Stage) -> None:
    desk.ledger.address_book.add("k7m2xq", SourceFacts("Alder Family Medicine"), actor="test")
    page = desk.get("/desk/offices/k7m2xq")
    assert page.status_code == 200
    assert "Alder Family Medicine" in page.text
    assert "source.opened" in desk.actions()


def test_a_code_in_other_letters_leads_to_its_office(desk: Stage) -> None:
    desk.ledger.address_book.add("k7m2xq", SourceFacts("Alder Family Medicine"), actor="test")
    answer = desk.get("/desk/offices/K7M2XQ")
    assert (answer.status_code, answer.location) == (303, "/desk/offices/k7m2xq")


def test_a_code_that_nobody_has_is_not_there(desk: Stage) -> None:
    assert desk.get("/desk/offices/nobody").status_code == 404
