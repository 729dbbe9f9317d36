"""Tables for spreadsheets: nothing in them runs, and all of it comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.tabular import TableRefused, plain_cell, read_csv, write_csv

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(encoding: str, separator: str) -> None:
    text = f'name{separator}town\r\n"Muñoz{separator} Ana"{separator}Alder Falls\r\n\r\n{separator}\r\n'
    found = read_csv(text.encode(encoding))
    assert found == [["name", "town"], [f"Muñoz{separator} Ana", "Alder Falls"]]


def test_excels_own_line_about_the_separator_is_no_row() -> None:
    assert read_csv(b"sep=;\r\nOffice;Town, State\r\nMill;Lynden, WA\r\n") == [
        ["Office", "Town, State"],
        ["Mill", "Lynden, WA"],
    ]


def test_what_was_written_is_read_without_its_marks() -> None:
    rows = [["name", "phone"], ["=Ana", "+1 360 555 0142"], ["'=quoted", "line\r\nbreak"]]
    assert read_csv(write_csv(rows).encode("utf-8-sig")) == rows


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00", b'"' + b"x" * 200_000])
def test_what_is_no_table_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(TableRefused, match="CSV"):
        read_csv(raw)


@pytest.mark.parametrize(
    "row",
    ['"Lakeside Family;1', '"Lakeside" Family;1', '"Lakeside\r\nOak Clinic;2\r\nElm Clinic;3'],
)
def test_a_quote_that_is_not_closed_takes_no_other_row_along(row: str) -> None:
    with pytest.raises(TableRefused, match="begins at line 3, a quote is never closed"):
        read_csv(f"Office;Phone\r\nBirch Clinic;0\r\n{row}\r\n".encode())


def test_an_empty_file_has_no_rows() -> None:
    assert read_csv(b"") == []
