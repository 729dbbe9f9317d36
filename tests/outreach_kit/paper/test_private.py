from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.paper import Paper
from outreach_kit.paper.estimate import EstimateFor, Expected, render_estimate
from outreach_kit.paper.private import NotPrintable
from outreach_kit.paper.report_back import LetterTooLong, ReportBack, render_report_back
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper.reading import (
    font_sizes,
    page_count,
    page_size_mm,
    picture,
    properties,
    tags,
    text_of,
)

TODAY = dt.date(2026, 11, 16)
WORDS = "Dear Dana Whitfield,\n\nYour patient came to an appointment.\n\nNora Ellison, LICSW"


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def letter(practice: Practice, *, words: str = WORDS, is_large: bool = False) -> bytes:
    wanted = ReportBack("Reply to your referral", ("Alder Clinic", ""), words, "en", is_large)
    return render_report_back(wanted, practice, TODAY, 1)


def estimate(practice: Practice, language: str, patient: str = "Zoë Ñúñez-O’Hara") -> bytes:
    intake, session, *_ = practice.fees
    wanted = EstimateFor(
        patient, [Expected(intake, 1), Expected(session, 11)], dt.date(2026, 11, 24),
        dt.date(2027, 11, 24), language,
    )  # fmt: skip
    return render_estimate(wanted, practice, practice.clinicians[0], TODAY, 1, Paper.A4)


def test_a_letter_is_one_tagged_page_with_its_address_and_words(practice: Practice) -> None:
    pdf = letter(practice)

    assert page_count(pdf) == 1
    text = text_of(pdf)
    for words in ("Alder Clinic", "came to an appointment", "214 Harbor St", "Fax (360) 555-0143",
                  "November 16, 2026"):  # fmt: skip
        assert words in text, words
    assert properties(pdf).title == "Reply to your referral"
    assert "Title" in tags(pdf)


def test_a_letter_for_a_fax_is_large_and_knows_black_and_white_alone(practice: Practice) -> None:
    plain, large = letter(practice), letter(practice, is_large=True)

    assert max(font_sizes(large).values()) >= 1.2 * max(font_sizes(plain).values())
    assert min(font_sizes(large).values()) >= 13
    pixels = picture(large, dpi=40).convert("RGB").getcolors(1 << 20) or []
    assert all(max(colour) - min(colour) < 8 for _, colour in pixels if isinstance(colour, tuple))


def test_more_than_a_page_is_refused_with_its_count(practice: Practice) -> None:
    with pytest.raises(LetterTooLong) as refused:
        letter(practice, words="A line.\n\n" * 150)

    assert refused.value.pages > 1


def test_what_no_font_has_is_named_and_nothing_around_it(practice: Practice) -> None:
    with pytest.raises(NotPrintable) as refused:
        letter(practice, words="Maria Delgado \U000104b0")

    assert refused.value.characters == {"\U000104b0"}
    assert "Maria" not in str(refused.value)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Good-faith estimate", "Expected total", "$400 or more", "120 calendar days",
                "not a contract", "scheduled separately", "Date of birth")),
        ("es", ("Estimación de buena fe", "Total esperado", "en $400 o más", "120 días",
                "No es un contrato", "se programen aparte", "Fecha de nacimiento")),
    ],
)  # fmt: skip
def test_an_estimate_adds_up_and_says_what_the_law_asks(
    practice: Practice, language: str, says: tuple[str, ...]
) -> None:
    pdf = estimate(practice, language)

    text = text_of(pdf)
    for words in (*says, "Zoë Ñúñez-O’Hara", "$1,950.00", "1234567893", "1-800-985-3059"):
        assert words in text, words
    assert page_count(pdf) == 1
    assert page_size_mm(pdf) == pytest.approx((210, 297), abs=0.2)
    assert {"Title", "Table", "H1"} <= set(tags(pdf))
    assert min(font_sizes(pdf).values()) >= 9
