"""Labels stand where the maker punches them: the practice's own, and offices over many sheets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from outreach_kit.paper import Paper
from outreach_kit.paper.labels import LabelsTooLong, NoLabels, render_labels
from outreach_kit.paper.private import NotPrintable
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import TIMESTAMP, Print

INCH = 25.4
SAFE_MM = 0.1 * INCH


@dataclass(frozen=True)
class Stock:
    """Measures as the makers publish them, written down a second time."""

    height: float
    left: float
    top: float
    label: tuple[float, float]
    pitch: tuple[float, float]
    rows: int


STOCKS = {
    Paper.LETTER: Stock(
        279.4, 0.1875 * INCH, 0.5 * INCH, (2.625 * INCH, INCH), (2.75 * INCH, INCH), 10
    ),
    Paper.A4: Stock(297, 7.25, 15.15, (63.5, 38.1), (66, 38.1), 7),
}
OFFICES = [
    (f"Office number {number}", "Front desk", f"{number} Lake St, Suite {number}", "Alder Falls, WA")
    for number in range(1, 75)
]  # fmt: skip


def labels_of(pdf: bytes, paper: Paper, page: int = 0) -> dict[tuple[int, int] | None, str]:
    """What stands in the safe area of each label, by row and column; None holds what stands in none."""
    stock = STOCKS[paper]
    found: dict[tuple[int, int] | None, str] = {}
    for one in reading.characters(pdf, page):
        where = next(
            (
                (row, column)
                for row in range(stock.rows)
                for column in range(3)
                if _holds(stock, row, column, one)
            ),
            None,
        )
        found[where] = found.get(where, "") + one.char
    return found


def _holds(stock: Stock, row: int, column: int, one: reading.Box) -> bool:
    left = stock.left + column * stock.pitch[0]
    upper = stock.height - stock.top - row * stock.pitch[1]
    return (
        left + SAFE_MM <= one.left
        and one.right <= left + stock.label[0] - SAFE_MM
        and upper - stock.label[1] + SAFE_MM <= one.bottom
        and one.top <= upper - SAFE_MM
    )


@pytest.mark.parametrize("paper", STOCKS)
def test_every_label_carries_the_practices_address_at_the_makers_pitch(
    sample: Practice, prints: Print, paper: Paper
) -> None:
    pdf = prints(sample, "address-labels", paper).bytes
    stock = STOCKS[paper]
    labels = labels_of(pdf, paper)
    assert "Print at 100%".replace(" ", "") in labels.pop(None)
    assert len(labels) == 3 * stock.rows
    assert set(labels.values()) == {
        "HarborStreetCounselingPLLC214HarborSt,Suite3AlderFalls,WA98999"
    }
    bars = sorted((one.left, one.top) for one in reading.shapes(pdf))
    lefts = sorted({round(left, 2) for left, _ in bars})
    assert [right - left for left, right in pairwise(lefts)] == pytest.approx(
        [stock.pitch[0]] * 2, abs=0.02
    )
    tops = sorted({round(top, 2) for _, top in bars})
    assert [upper - lower for lower, upper in pairwise(tops)] == pytest.approx(
        [stock.pitch[1]] * (stock.rows - 1), abs=0.02
    )
    tags = reading.tags(pdf)
    assert tags.count("H1") == 1, "thirty copies are not read aloud"


@pytest.mark.parametrize("paper", STOCKS)
def test_offices_follow_one_another_over_as_many_sheets_as_it_takes(
    sample: Practice, paper: Paper
) -> None:
    pdf = render_labels(sample, OFFICES, timestamp=TIMESTAMP, paper=paper)
    each = 3 * STOCKS[paper].rows
    assert reading.page_count(pdf) == -(-len(OFFICES) // each)
    said: list[str] = []
    for page in range(reading.page_count(pdf)):
        labels = labels_of(pdf, paper, page)
        said += [words for where, words in sorted(item for item in labels.items() if item[0])]
    assert said == ["".join("".join(office).split()) for office in OFFICES]
    assert reading.properties(pdf).ua_part == "1"
    assert reading.tags(pdf).count("H1") == len(OFFICES)
    assert render_labels(sample, OFFICES, timestamp=TIMESTAMP, paper=paper) == pdf


def test_a_sheet_that_was_used_before_is_used_up(sample: Practice) -> None:
    pdf = render_labels(sample, OFFICES[:29], timestamp=TIMESTAMP, skip=4)
    first, second = labels_of(pdf, Paper.LETTER), labels_of(pdf, Paper.LETTER, 1)
    assert {(0, 0), (0, 1), (0, 2), (1, 0)}.isdisjoint(first)
    assert first[1, 1].startswith("Officenumber1Front")
    assert sorted(filter(None, second)) == [(0, 0), (0, 1), (0, 2)]


def test_addresses_that_do_not_hold_are_named_and_nothing_is_printed(sample: Practice) -> None:
    long = (
        "Lakeside",
        *[f"A line of the address that is far too long, number {n}" for n in range(9)],
    )
    with pytest.raises(LabelsTooLong) as refused:
        render_labels(sample, [OFFICES[0], long], timestamp=TIMESTAMP, skip=3)
    assert refused.value.names == ("Lakeside",)
    assert "“Lakeside”" in str(refused.value)


@pytest.mark.parametrize(
    ("addresses", "skip"), [([], 0), ([("", " ")], 0), (OFFICES, 30), (OFFICES, -1)]
)
def test_nothing_to_print_or_nowhere_to_begin_is_said(
    sample: Practice, addresses: list[tuple[str, ...]], skip: int
) -> None:
    with pytest.raises(NoLabels):
        render_labels(sample, addresses, timestamp=TIMESTAMP, skip=skip)


def test_what_an_office_is_called_is_never_markup_and_never_a_box(sample: Practice) -> None:
    name = "#panic() *Dr* $x$ \\ Ñúñez"
    pdf = render_labels(sample, [(name, "1 Lake St")], timestamp=TIMESTAMP)
    assert name in reading.text_of(pdf)
    with pytest.raises(NotPrintable) as refused:
        render_labels(sample, [("Clinic \U000104b0", "1 Lake St")], timestamp=TIMESTAMP)
    assert refused.value.characters == {"\U000104b0"}
