"""The year on a page: tagged, with its figures, its sources by name, and what is next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from outreach_kit.paper import Paper
from outreach_kit.paper.year_review import (
    BigFigure,
    YearMonth,
    YearReview,
    YearSource,
    render_year_review,
)
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper.reading import (
    font_sizes,
    page_count,
    page_size_mm,
    properties,
    tags,
    text_of,
)

TODAY = dt.date(2026, 11, 22)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
YEAR = YearReview(
    year="2026 so far",
    figures=(
        BigFigure("Referrals", "74", "68 by this day in 2025"),
        BigFigure("Fit", "81%", "of 70 weighed"),
        BigFigure("First call after", "4 h", "median, on the clock"),
        BigFigure("First appointment", "7 days", "median, after the referral"),
    ),
    months=[YearMonth(month, (at % 5 + 1, at % 3, at % 2, at % 4)) for at, month in enumerate(MONTHS)],
    sent="74 referrals; most in Oct 2026, with 12.",
    sources=[YearSource(f"Lakeside Family Medicine {at}", 12 - at, "83%", "3 h") for at in range(10)],
    more_sources="14 others sent 22, and 3 came under no code.",
    done=(("visits, to 31 offices", "58"), ("thank-you cards, for 66 referrals", "41"),
          ("cards left", "820"), ("newsletters", "3")),
    ahead=(
        "Keep seeing Lakeside Family Medicine 0, Lakeside Family Medicine 1: most of whom you help.",
        "Explain whom you help at Mill Road Women’s Health: more did not fit than did.",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.LETTER, (215.9, 279.4)), (Paper.A4, (210, 297))]
)
def test_a_year_is_one_tagged_page(
    practice: Practice, paper: Paper, size: tuple[float, float]
) -> None:
    pdf = render_year_review(YEAR, practice, TODAY, 1, paper)

    assert page_count(pdf) == 1
    assert page_size_mm(pdf) == pytest.approx(size, abs=0.2)
    text = " ".join(text_of(pdf).split())
    order = (
        "YEAR REVIEW", "2026 so far", "74", "68 by this day in 2025", "Referrals by month",
        "Who sent most", "Lakeside Family Medicine 0", "14 others sent 22",
        "What you did", "to 31 offices", "Keep seeing", "What you want of it yourself",
    )  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert properties(pdf).title == "Year review, 2026 so far: Harbor Street Counseling PLLC"
    assert {"Title", "H1", "Table", "TH", "Figure", "L"} <= set(tags(pdf))
    assert min(font_sizes(pdf).values()) >= 7.9


def test_a_year_in_which_nothing_happened_is_a_page_too(practice: Practice) -> None:
    empty = replace(
        YEAR, sources=(), more_sources="", done=(), sent="None came.",
        months=[YearMonth(month, (0, 0, 0, 0)) for month in MONTHS],
    )  # fmt: skip
    text = text_of(render_year_review(empty, practice, TODAY, 1))
    assert "Nobody sent anybody." in text
    assert "Nothing was logged." in text


def test_many_long_names_still_come_to_paper(practice: Practice) -> None:
    long = "The North Sound Interfaith Center for Family Medicine and Integrative Primary Care "
    many = replace(YEAR, sources=[YearSource(f"{long}{at}", 9, "50%", "3 h") for at in range(10)])
    pdf = render_year_review(many, practice, TODAY, 1)
    assert page_count(pdf) <= 2
    assert text_of(pdf).replace("\n", " ").count("Integrative Primary") == 10
