"""What people on the waitlist are told, and whose turn it is when something opens."""

from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.outreach.capacity import Need, Room
from outreach_kit.outreach.waiting import (
    Teller,
    Waiter,
    next_word_on,
    plan_offers,
    write_waiting,
)
from outreach_kit.practice import Practice, load_practice
from tests.samples import GROUP_PRACTICE

TODAY = dt.date(2026, 11, 20)
TELLER = Teller("Maria", "Nora Ellison", "", "(360) 555-0160", dt.date(2026, 12, 18))


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


@pytest.mark.parametrize(
    ("language", "day", "line"),
    [
        ("English", "Friday, December 18", "call or text 988"),
        ("", "Friday, December 18", "call or text 988"),
        ("Español", "viernes 18 de diciembre", "llame al 988 y marque 2"),
        ("es", "viernes 18 de diciembre", "llame al 988 y marque 2"),
        ("Tagalog", "Friday, December 18", "call or text 988"),
    ],
)
def test_each_draft_says_the_day_the_way_out_and_the_crisis_line(
    language: str, day: str, line: str
) -> None:
    words = write_waiting(TELLER, language)
    for draft in (" ".join(words.says), words.text, words.mail):
        assert day in draft
        assert "(360) 555-0160" in draft
        assert line in draft
        assert "Maria" in draft


def test_a_text_message_reveals_neither_office_nor_therapy_and_is_short() -> None:
    for language in ("en", "es"):
        text = write_waiting(TELLER, language).text
        assert len(text) <= 320
        for word in ("therap", "terapia", "counsel", "refer", "doctor", "appointment", "cita"):
            assert word not in text.lower()


def test_without_a_name_nobody_is_greeted_by_a_gap() -> None:
    words = write_waiting(Teller("", "Nora Ellison", "", "(360) 555-0160", TODAY), "en")
    assert words.text.startswith("Hello, this is Nora Ellison.")
    assert words.mail.startswith("Hello,\n\nThis is Nora Ellison.")


def test_who_waits_for_one_clinician_hears_that_name() -> None:
    teller = Teller("Maria", "Nora Ellison", "Ana Lucía Ruiz-Montenegro", "(360) 555-0160", TODAY)
    assert "Ana Lucía Ruiz-Montenegro" in write_waiting(teller, "es").says[0]


@pytest.mark.parametrize(
    ("today", "weeks", "expected"),
    [
        (dt.date(2026, 11, 20), 4, dt.date(2026, 12, 18)),
        (dt.date(2026, 11, 21), 2, dt.date(2026, 12, 4)),
        (dt.date(2026, 11, 22), 2, dt.date(2026, 12, 4)),
    ],
)
def test_the_next_word_is_due_on_a_working_day(
    today: dt.date, weeks: int, expected: dt.date
) -> None:
    assert next_word_on(today, weeks) == expected


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
