"""Whose turn it is when something opens."""

from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.outreach.capacity import Need, Room
from outreach_kit.outreach.turns import Waiter, plan_offers
from outreach_kit.practice import Practice, load_practice
from tests.samples import GROUP_PRACTICE

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def room(slug: str, count: int = 1, language: str = "") -> Room:
    return Room(slug, count, dt.date(2026, 11, 19), language=language)


TEEN = Need(age_band="teen")


def test_an_opening_is_offered_to_the_first_whom_it_suits(group: Practice) -> None:
    waiters = [Waiter("child", Need(age_band="child")), Waiter("a", TEEN), Waiter("b", TEEN)]
    offers = plan_offers(group, [room("tomas-delgado")], waiters, TODAY)
    assert offers == {"a": ("tomas-delgado",)}


def test_what_was_offered_is_spoken_for_wherever_they_stand(group: Practice) -> None:
    waiters = [Waiter("a", TEEN), Waiter("b", TEEN, offered="tomas-delgado")]
    assert plan_offers(group, [room("tomas-delgado")], waiters, TODAY) == {}
    two = plan_offers(group, [room("tomas-delgado", 2)], waiters, TODAY)
    assert two == {"a": ("tomas-delgado",)}


def test_who_waits_for_one_clinician_is_offered_no_other(group: Practice) -> None:
    adult = Need(age_band="adult")
    waiters = [Waiter("a", adult, clinician="tomas-delgado"), Waiter("b", adult)]
    offers = plan_offers(group, [room("ana-ruiz")], waiters, TODAY)
    assert list(offers) == ["b"]
    assert offers["b"][0] == "ana-ruiz"


def test_a_room_for_one_language_is_left_to_those_who_need_it(group: Practice) -> None:
    board = [room("tomas-delgado"), room("tomas-delgado", language="es")]
    spanish = Need(age_band="teen", language="Spanish")
    english = Need(age_band="teen", language="English")
    waiters = [Waiter("es", spanish), Waiter("en", english), Waiter("late", english)]
    offers = plan_offers(group, board, waiters, TODAY)
    assert set(offers) == {"es", "en"}
