"""What people on the waitlist are told, and by when they hear again."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from outreach_kit.outreach.waiting import (
    Stage,
    Teller,
    next_word_on,
    write_waiting,
)

TODAY = dt.date(2026, 11, 20)
TELLER = Teller("Maria", "Nora Ellison", "", "(360) 555-0160", dt.date(2026, 12, 18))


@pytest.mark.parametrize(
    ("language", "day", "line"),
    [
        ("English", "Friday, December 18", "call or text 988"),
        ("", "Friday, December 18", "call or text 988"),
        ("Español", "viernes 18 de diciembre", "llame al 988 y oprima 2"),
        ("es", "viernes 18 de diciembre", "llame al 988 y oprima 2"),
        ("Tagalog", "Friday, December 18", "call or text 988"),
    ],
)
def test_each_draft_says_the_day_the_way_out_and_the_crisis_line(
    language: str, day: str, line: str
) -> None:
    for stage in (Stage.PLACE, Stage.STILL):
        words = write_waiting(TELLER, language, stage)
        for draft in (" ".join(words.says), words.text, words.mail):
            assert day in draft
            assert "(360) 555-0160" in draft
            assert line in draft
            assert "Maria" in draft


def test_a_text_message_reveals_neither_office_nor_therapy_and_is_short() -> None:
    for language, stage in itertools.product(("en", "es"), Stage):
        text = write_waiting(TELLER, language, stage).text
        assert len(text) <= 320
        for word in ("therap", "terapia", "counsel", "refer", "doctor", "appointment", "cita"):
            assert word not in text.lower()


@pytest.mark.parametrize(
    ("stage", "says", "never"),
    [
        (Stage.PLACE, "I can keep a place for you", "an opening for you now"),
        (Stage.STILL, "Your place on the list is kept.", "I can keep a place"),
        (Stage.ROOM, "There is an opening for you now.", "no opening"),
    ],
)
def test_each_stage_says_its_own(stage: Stage, says: str, never: str) -> None:
    words = write_waiting(TELLER, "en", stage)
    assert says in " ".join(words.says)
    for draft in (" ".join(words.says), words.text, words.mail):
        assert never not in draft


def test_room_is_told_with_the_day_by_which_to_answer() -> None:
    for language, day in (("en", "Friday, December 18"), ("es", "viernes 18 de diciembre")):
        words = write_waiting(TELLER, language, Stage.ROOM)
        for draft in (words.text, words.mail):
            assert day in draft
            assert "(360) 555-0160" in draft


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
