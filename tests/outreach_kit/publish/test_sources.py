"""Offices from a CSV: every bad row at once, whatever a spreadsheet wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.errors import ContentError, UsageError
from outreach_kit.publish.request import SourceName
from outreach_kit.publish.sources import check_source, load_sources


def csv(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "offices.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"code,name\nk7,Lakeside\nm2,St. Mark\n",
        b"\xef\xbb\xbfCode;Name\r\nk7;Lakeside\r\nm2;St. Mark\r\n",
        b"name\tcode\nLakeside\tk7\nSt. Mark\tm2",
    ],
)
def test_spreadsheets_of_all_kinds_are_read(tmp_path: Path, content: bytes) -> None:
    found = load_sources(csv(tmp_path, content))
    assert found == (SourceName("k7", "Lakeside"), SourceName("m2", "St. Mark"))


def test_an_office_may_name_its_audience(tmp_path: Path) -> None:
    found = load_sources(
        csv(tmp_path, b"code,name,audience\nk7,Lakeside,\nm2,St. Mark,congregations\n")
    )
    assert [one.audience for one in found] == ["", "congregations"]


def test_every_bad_row_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_sources(csv(tmp_path, b"code,name\na b,X\nk7,Lakeside\nk7,Again\nm2,\n"))
    assert [problem.line for problem in caught.value.problems] == [2, 4, 5]


def test_missing_column_and_empty_list_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="column “code” is missing"):
        load_sources(csv(tmp_path, b"id,name\n1,x\n"))
    with pytest.raises(ContentError, match="No office is listed"):
        load_sources(csv(tmp_path, b"code,name\n"))


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file"):
        load_sources(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="UTF-8"):
        load_sources(csv(tmp_path, b"code,name\nk7,caf\xe9\n"))


def test_code_that_cannot_stand_in_an_address_is_refused() -> None:
    with pytest.raises(UsageError):
        check_source("../x", "Lakeside")
    assert check_source("k7", "Lakeside ") == SourceName("k7", "Lakeside")
