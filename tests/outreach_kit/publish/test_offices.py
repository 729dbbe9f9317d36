"""Sheets for many offices: one file for the printer, one archive, each with its own code."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from outreach_kit.errors import UsageError
from outreach_kit.publish.building import build
from outreach_kit.publish.progress import Progress
from outreach_kit.publish.request import BuildRequest, SourceName
from tests.outreach_kit.paper import reading

LAKESIDE = SourceName("k7m2xq", "Lakeside Family Medicine")
NORTH = SourceName("b3d9fa", "North Shore / School")
MARK = SourceName("z8c4tt", "St. Mark")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offices")


@pytest.fixture(scope="module")
def request_(folder: Path) -> BuildRequest:
    return BuildRequest(
        out=folder / "site",
        cache=folder / "cache",
        only="guide",
        papers=("letter",),
        sources=(LAKESIDE, NORTH, MARK),
        timestamp=1_795_219_200,
    )


@pytest.fixture(scope="module")
def prints(request_: BuildRequest) -> Path:
    build(request_)
    return request_.prints


def test_one_file_holds_the_sheet_of_each_office_in_the_order_of_the_list(prints: Path) -> None:
    merged = (prints / "offices/guide-letter.pdf").read_bytes()
    text = reading.text_of(merged)
    assert reading.page_count(merged) == 3
    assert text.index(LAKESIDE.name) < text.index(NORTH.name) < text.index(MARK.name)


def test_the_archive_has_a_folder_for_each_office_with_its_own_code(prints: Path) -> None:
    with zipfile.ZipFile(prints / "offices/offices.zip") as archive:
        assert archive.namelist() == [
            "Lakeside Family Medicine k7m2xq/guide-k7m2xq-letter.pdf",
            "North Shore School b3d9fa/guide-b3d9fa-letter.pdf",
            "St Mark z8c4tt/guide-z8c4tt-letter.pdf",
        ]
        for name, office in zip(archive.namelist(), (LAKESIDE, NORTH, MARK), strict=True):
            (code,) = reading.codes(archive.read(name))
            assert code.text.endswith(f"/refer?source={office.code}")


def test_an_offices_own_file_is_accessible(prints: Path) -> None:
    with zipfile.ZipFile(prints / "offices/offices.zip") as archive:
        assert reading.properties(archive.read(archive.namelist()[0])).ua_part == "1"


def test_a_page_beside_them_leads_to_all(prints: Path) -> None:
    page = (prints / "offices/index.html").read_text()
    assert "Sheets for 3 offices" in page
    assert 'href="guide-letter.pdf"' in page
    assert 'href="offices.zip"' in page


def test_the_same_list_gives_the_same_bytes(request_: BuildRequest, prints: Path) -> None:
    before = {path.name: path.read_bytes() for path in (prints / "offices").iterdir()}
    build(request_)
    assert {path.name: path.read_bytes() for path in (prints / "offices").iterdir()} == before


def test_an_unknown_audience_is_refused_with_those_there_are(folder: Path) -> None:
    office = SourceName("a1", "Somewhere", "pirates")
    asked = BuildRequest(out=folder / "s", cache=folder / "cache", only="guide", sources=(office,))
    with pytest.raises(UsageError, match=r"“pirates”.*physicians"):
        build(asked)


def test_two_faces_stay_together_when_merged(folder: Path) -> None:
    asked = BuildRequest(
        out=folder / "cards", cache=folder / "cache", only="business-card", papers=("letter",),
        sources=(LAKESIDE, MARK),
    )  # fmt: skip
    build(asked)
    with pikepdf.open(asked.prints / "offices/nora-ellison-business-card-letter.pdf") as merged:
        assert len(merged.pages) == 4


def test_what_can_be_typed_in_one_file_is_paper_when_merged(folder: Path) -> None:
    asked = BuildRequest(
        out=folder / "fax", cache=folder / "cache", only="fax-form", papers=("letter",),
        sources=(LAKESIDE, MARK),
    )  # fmt: skip
    build(asked)
    with zipfile.ZipFile(asked.prints / "offices/offices.zip") as archive:
        single = archive.read("Lakeside Family Medicine k7m2xq/fax-form-k7m2xq-letter.pdf")
    with pikepdf.open(io.BytesIO(single)) as form:
        assert len(form.Root.AcroForm.Fields) > 10
    with pikepdf.open(asked.prints / "offices/fax-form-letter.pdf") as merged:
        assert len(merged.pages) == 2
        assert "/AcroForm" not in merged.Root
        assert not any("/Annots" in page for page in merged.pages)


def test_progress_is_told_ten_times_in_a_log() -> None:
    log = io.StringIO()
    progress = Progress(200, "sheets", to=log)
    for _ in range(200):
        progress.step()
    lines = log.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[-1].startswith("200 of 200 sheets in")


def test_what_is_to_be_opened_exists(request_: BuildRequest, prints: Path, folder: Path) -> None:
    def told(request: BuildRequest) -> Path:
        return Path(build(request).sentence().partition("To print: ")[2])

    one = BuildRequest(
        out=folder / "one",
        cache=folder / "cache",
        only="guide",
        papers=("letter",),
        sources=(MARK,),
    )
    assert told(one) == one.prints / "offices/guide-z8c4tt-letter.pdf"
    assert told(one).is_dir()  # nothing changed, and there is no page
    (prints / "offices/index.html").unlink()
    assert told(request_) == prints / "offices/index.html"
