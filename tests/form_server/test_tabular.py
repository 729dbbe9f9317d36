"""Tables for spreadsheets: nothing in them runs, and all of it comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.tabular import plain_cell, write_csv

_TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))
_STARTS = st.text("'=+-@\t\r", min_size=1, max_size=3)
_CELLS = st.one_of(_TEXT, st.builds("".join, st.tuples(_STARTS, _TEXT)))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_shown_as_text(start: str) -> None:
    assert read(write_csv([[f"{start}cmd|' /C calc'!A0"]])) == [[f"'{start}cmd|' /C calc'!A0"]]


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert write_csv([["a", -5, 2.5, None]]) == "a,-5,2.5,\r\n"


def test_separators_quotes_and_lines_stay_inside_their_cell() -> None:
    rows = [['Say "hello"', "one, two", "first\r\nsecond"]]

    assert read(write_csv(rows)) == rows


@given(st.lists(st.lists(_CELLS, min_size=1), max_size=5))
def test_whatever_was_written_comes_back_and_nothing_of_it_runs(rows: list[list[str]]) -> None:
    found = [row for row in read(write_csv(rows)) if row]

    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row
    )
    assert [[plain_cell(cell) for cell in row] for row in found] == rows
