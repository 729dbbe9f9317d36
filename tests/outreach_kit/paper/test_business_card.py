"""Ten cards on perforated stock: each inside its own, its back behind its front, its code readable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, SheetTooLong, Source, plan_sheets
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, Print
from tests.outreach_kit.web.things import change_clinician

LAKESIDE = Source("k7m2xq", "Lakeside Family Medicine")
SAFE_MM = 0.125 * 25.4


@dataclass(frozen=True)
class Stock:
    """Measures as the makers publish them, written down a second time."""

    page: tuple[float, float]
    lefts: tuple[float, float]
    tops: tuple[float, ...]
    card: tuple[float, float]


STOCKS = {
    Paper.LETTER: Stock(
        (215.9, 279.4), (19.05, 107.95), (12.7, 63.5, 114.3, 165.1, 215.9), (88.9, 50.8)
    ),
    Paper.A4: Stock((210, 297), (15, 110), (13.5, 67.5, 121.5, 175.5, 229.5), (85, 54)),
}


@pytest.fixture(scope="module", params=STOCKS)
def paper(request: pytest.FixtureRequest) -> Paper:
    chosen: Paper = request.param
    return chosen


@pytest.fixture(scope="module")
def pdf(paper: Paper, sample: Practice, prints: Print) -> bytes:
    return prints(sample, "business-card", paper, source=LAKESIDE).bytes


@pytest.fixture(scope="module")
def faces(pdf: bytes) -> list[list[reading.Box]]:
    """The characters of the fronts, and those of the backs."""
    return [reading.characters(pdf, page) for page in (0, 1)]


def card_of(box: reading.Box, stock: Stock, safe: float = SAFE_MM) -> tuple[int, int] | None:
    """Column and row of the card in whose safe area the box stands."""
    width, height = stock.card
    for column, left in enumerate(stock.lefts):
        for row, top in enumerate(stock.tops):
            upper = stock.page[1] - top
            if (
                left + safe <= box.left
                and box.right <= left + width - safe
                and upper - height + safe <= box.bottom
                and box.top <= upper - safe
            ):
                return column, row
    return None


def test_the_marks_stand_on_the_edges_of_the_cards(pdf: bytes, paper: Paper) -> None:
    stock = STOCKS[paper]
    first_card = stock.page[1] - stock.tops[0]
    marks = [one for one in reading.shapes(pdf) if one.bottom > first_card]
    lines = {round((one.left + one.right) / 2, 2) for one in marks}
    edges = {round(x, 2) for left in stock.lefts for x in (left, left + stock.card[0])}
    assert lines == edges
    waste = [one for one in reading.shapes(pdf) if one.right < stock.lefts[0]]
    rows = {round(stock.page[1] - (one.bottom + one.top) / 2, 2) for one in waste}
    assert rows == {round(y, 2) for top in stock.tops for y in (top, top + stock.card[1])}


def test_no_words_above_the_cards_run_over_a_mark(
    sample: Practice, prints: Print, paper: Paper
) -> None:
    """However long a name is, with all that follows it."""
    long = change_clinician(
        sample,
        name="Mary-Katherine Featherstonehaugh-Vandenberghe",
        credentials=("PhD", "ABPP", "LICSW-R", "CADC-III"),
    )
    stock = STOCKS[paper]
    above = stock.page[1] - stock.tops[0]
    words = [one for one in reading.characters(prints(long, "business-card", paper).bytes)
             if one.bottom > above and one.char.strip()]  # fmt: skip
    assert len(words) > 100
    edges = {x for left in stock.lefts for x in (left, left + stock.card[0])}
    assert not [one for one in words for x in edges if one.left - 0.2 < x < one.right + 0.2]


@pytest.mark.parametrize("page", [0, 1])
def test_every_word_stands_in_the_safe_area_of_one_of_ten_like_cards(
    faces: list[list[reading.Box]], paper: Paper, page: int
) -> None:
    stock = STOCKS[paper]
    cards: dict[tuple[int, int] | None, str] = {}
    for one in faces[page]:
        where = card_of(one, stock)
        cards[where] = cards.get(where, "") + one.char.strip("\u200b")
    waste = cards.pop(None, "")
    how = "Print at 100%, both sides, flipped on the long edge."
    assert waste.endswith("".join(how.split())) if page == 0 else waste == ""
    assert len(cards) == 10
    assert len(set(cards.values())) == 1
    said = next(iter(cards.values()))
    if page == 0:
        for words in ("Nora Ellison", "LICSW", "(360) 555-0142", "harborstreet.example/book",
                      "adults whose anxiety shows up as physical symptoms"):  # fmt: skip
            assert "".join(words.split()) in said, words
    else:
        for words in ("Scan to ask for a call.", "refer.harborstreet.example/hello?source=k7m2xq",
                      "within 4 working hours", "Refer anyone",
                      "Harbor Street Counseling PLLC", "This card is from Lakeside Family Medicine."):  # fmt: skip
            assert "".join(words.split()) in said, words


def test_each_back_meets_its_front_when_the_sheet_is_flipped(
    faces: list[list[reading.Box]], paper: Paper
) -> None:
    stock = STOCKS[paper]
    width = stock.page[0]
    for one in faces[1]:
        seen_through = reading.Box(
            one.char, width - one.right, one.bottom, width - one.left, one.top
        )
        assert card_of(seen_through, stock) is not None


def test_every_card_opens_the_patients_door_with_the_offices_code(pdf: bytes) -> None:
    codes = reading.codes(pdf, page_index=1)
    assert [one.text for one in codes] == [f"{FORM_URL}/hello?source=k7m2xq"] * 10
    assert min(one.side_mm for one in codes) >= 19.8
    assert {one.correction for one in codes} == {"M"}


def test_the_words_are_large_enough_and_read_aloud_once(pdf: bytes) -> None:
    assert min(reading.font_sizes(pdf, 0).values()) >= 7.5
    assert min(reading.font_sizes(pdf, 1).values()) >= 7.5
    tags = reading.tags(pdf)
    assert [tag for tag in tags if tag in {"Title", "H1", "H2", "Figure"}] == [
        "Title", "H1", "H2", "Figure",
    ]  # fmt: skip
    assert "the form to ask for a call" in reading.alternatives(pdf)[0]


def test_without_a_form_the_back_says_whom_to_call(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "business-card", form_url=None).bytes
    assert reading.codes(pdf, page_index=1) == []
    back = "".join(one.char for one in reading.characters(pdf, 1))
    assert back.count("(360)555-0142") == 10
    assert "Scan" not in back


def test_in_a_group_each_clinician_has_cards_of_their_own(tmp_path: Path, prints: Print) -> None:
    group = folders.group(tmp_path)
    jobs = plan_sheets(group, papers=[Paper.A4], only="business-card")
    assert [job.clinician.slug for job in jobs if job.clinician] == ["ben-osei", "nora-ellison"]
    codes = reading.codes(prints(group, "business-card", Paper.A4).bytes, page_index=1)
    assert {one.text for one in codes} == {f"{FORM_URL}/hello/ben-osei"}


def test_what_does_not_hold_on_a_card_is_named(tmp_path: Path, prints: Print) -> None:
    many = json.dumps([f"Certified in something else {number}" for number in range(20)])
    practice = folders.sample_with(
        tmp_path, ("clinicians/nora-ellison/clinician.toml", '["LICSW"]', many)
    )
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "business-card")
    longest = refused.value.problems[0]
    assert longest.key == "credentials"
    assert "mm too long at 7.5 pt" in longest.what
