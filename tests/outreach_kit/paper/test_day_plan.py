"""The plan of a morning: one tagged page with stops in their order, names first, and the bag."""

from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.outreach.visit_day import CALM
from outreach_kit.paper import Paper
from outreach_kit.paper.day_plan import DayPlan, DayTooLong, PlannedStop, render_day_plan
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

TODAY = dt.date(2026, 11, 16)
LAKESIDE = PlannedStop(
    "Lakeside Family Medicine",
    "about 3 miles",
    ("1201 Lakeshore Ave, Suite 4, Alder Falls, WA 98999", "Mon–Fri 8–5", "(360) 555-0177"),
    ("Dana Whitfield", "Lee Ortiz"),
    ("Dr. Amara Singh",),
    "40 cards, 20 brochures, 2 pads",
    "Gratitude, and the niche again",
)
UNKNOWN = PlannedStop("Mill Road Women’s Health")


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def plan(practice: Practice, *stops: PlannedStop, paper: Paper = Paper.LETTER) -> bytes:
    wanted = DayPlan("2 offices", CALM, stops, ("50 cards", "The résumé, shown only if they ask"))
    return render_day_plan(wanted, practice, TODAY, 1, paper)


def test_stops_stand_in_their_order_with_names_before_pieces(practice: Practice) -> None:
    pdf = plan(practice, LAKESIDE, UNKNOWN)

    text = " ".join(text_of(pdf).split())
    order = (
        "A morning of visits", "For them this visit is routine.", "Lakeside Family Medicine",
        "Greet Dana Whitfield, Lee Ortiz", "Ask for Dr. Amara Singh", "Leave 40 cards",
        "Say Gratitude", "needs, not names", "Mill Road Women’s Health",
        "the front desk, and ask for their names", "Pack", "50 cards",
    )  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert page_count(pdf) == 1
    assert properties(pdf).title == "A morning of visits: Harbor Street Counseling PLLC"
    assert {"Title", "H1", "L"} <= set(tags(pdf))


def test_eight_offices_hold_on_a_page_of_readable_type(practice: Practice) -> None:
    pdf = plan(practice, *[LAKESIDE] * 8, paper=Paper.A4)

    assert page_count(pdf) == 1
    assert page_size_mm(pdf) == pytest.approx((210, 297), abs=0.2)
    assert text_of(pdf).count("Lakeside Family Medicine") == 8
    assert min(font_sizes(pdf).values()) >= 7.9


def test_more_than_a_page_holds_is_refused_with_what_to_do(practice: Practice) -> None:
    with pytest.raises(DayTooLong, match="Take fewer"):
        plan(practice, *[LAKESIDE] * 14)
