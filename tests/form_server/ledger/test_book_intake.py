"""A list is taken in once, however often its button was pressed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from form_server.ledger import BookChanged, Ledger, PersonFacts, SourceFacts, SourceIntake
from tests.form_server.ledger.conftest import MovableClock

MILL = SourceFacts("Mill Road Family Medicine")


def a_list(ledger: Ledger, seen: str) -> None:
    intake = SourceIntake(new_people=[("q4", PersonFacts("Priya Nair"))], seen=seen)
    ledger.address_book.take_in(intake, actor="user:user-1")


@pytest.fixture
def book(ledger: Ledger) -> Ledger:
    ledger.address_book.add("q4", MILL, actor="test")
    return ledger


CHANGES: list[Callable[[Ledger], object]] = [
    lambda book: book.address_book.add("k7", MILL, actor="test"),
    lambda book: book.sources.add("k8", "Lakeside", actor="test"),
    lambda book: book.address_book.change("q4", SourceFacts("Mill"), actor="test"),
    lambda book: book.address_book.remove("k7", actor="test"),
    lambda book: book.address_book.add_person("q4", PersonFacts("Sam"), actor="test"),
]


def test_after_every_change_a_list_must_be_planned_anew(book: Ledger, clock: MovableClock) -> None:
    for change in CHANGES:
        seen = book.address_book.state()
        assert book.address_book.state() == seen
        clock.advance(timedelta(seconds=1))
        change(book)
        assert book.address_book.state() != seen
        with pytest.raises(BookChanged):
            a_list(book, seen)
    assert [one.name for one in book.address_book.people()["q4"]] == ["Sam"]


def test_a_list_that_comes_twice_at_once_is_taken_in_once(book: Ledger) -> None:
    seen = book.address_book.state()

    def press(_: int) -> bool:
        try:
            a_list(book, seen)
        except BookChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as browsers:
        taken = list(browsers.map(press, range(4)))
    assert taken.count(True) == 1
    assert [one.name for one in book.address_book.people()["q4"]] == ["Priya Nair"]
