"""The small values accept what people write and refuse what nobody could use."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.values import check_npi, parse_money, parse_phone


@pytest.mark.parametrize(
    ("raw", "display", "href"),
    [
        ("360-555-0142", "(360) 555-0142", "tel:+13605550142"),
        ("+1 360 555 0142 ext. 7", "(360) 555-0142 ext. 7", "tel:+13605550142;ext=7"),
        ("+34 612 34 56 78", "+34 612 34 56 78", "tel:+34612345678"),
    ],
)
def test_phone_is_shown_and_dialled(raw: str, display: str, href: str) -> None:
    phone = parse_phone(raw)
    assert (phone.display, phone.href) == (display, href)


@pytest.mark.parametrize(
    "raw", ["", "call me", "555-0142", "(160) 555-0142", "(360) 155-0142", 3605550142, None]
)
def test_what_nobody_can_dial_is_refused(raw: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_phone(raw)


def test_published_test_npi_passes_and_its_neighbours_fail() -> None:
    assert check_npi("1234567893")
    for digit in "012456789":
        with pytest.raises(PydanticCustomError):
            check_npi("123456789" + digit)


@pytest.mark.parametrize(("raw", "cents"), [(190, 19000), ("190.50", 19050), (0, 0), (12.25, 1225)])
def test_money_is_exact(raw: object, cents: int) -> None:
    assert parse_money(raw) * 100 == cents


@pytest.mark.parametrize("raw", [True, None, "", "ten", -1, 1.005, float("nan"), "1e400"])
def test_what_is_no_amount_is_refused(raw: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_money(raw)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One.", 1),
        ("One. Two!", 2),
        ("I see Dr. A. Baker on No. 3 St. James Rd. every week.", 1),
        ("He asked “Why?” Then he left.", 2),
        ("No end", 1),
        ("CBT, e.g. Exposure, helps. It does", 2),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_read(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
