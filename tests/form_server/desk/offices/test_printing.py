"""Sheets for one office in a tap, and for several in one file; nothing of it stays on the disk."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from form_server.desk.offices import several
from form_server.desk.offices.archive import MISSING
from form_server.desk.press_room import PressRoom
from form_server.ledger import SourceFacts
from tests.form_server.desk.offices.book import WREN, alder, an_office, send
from tests.form_server.desk.stage import Stage
from tests.outreach_kit.paper import reading

LIST = "/desk/offices?pick=1"


@pytest.fixture
def book(desk: Stage) -> Stage:
    alder(desk)
    an_office(desk, "wren22", SourceFacts(**{**vars(WREN), "audience": "schools"}))
    an_office(desk, "zed33", SourceFacts("Zed Dental", audience="dentists"))
    return desk


def print_for(book: Stage, **fields: Any) -> TestResponse:
    return send(book, LIST, "/desk/offices/print", {"do": "print", "which": "ticked", **fields})


def test_an_offices_page_leads_to_its_sheets(book: Stage) -> None:
    page = book.get("/desk/offices/k7m2xq").text
    for name in ("guide-letter", "referral-pad-letter", "poster-letter", "desk-tent-letter"):
        assert f"/desk/offices/k7m2xq/sheets/{name}.pdf" in page
    assert "Flyer for a talk: " in page
    assert page.index("To take along") < page.index("To leave there") < page.index("For a talk")
    assert "/desk/offices/k7m2xq/sheets/labels.pdf" in page
    assert "/sheets/labels.pdf" not in book.get("/desk/offices/wren22").text


def test_a_guide_has_the_offices_name_and_code_in_its_own_words(book: Stage) -> None:
    guide = book.get("/desk/offices/wren22/sheets/guide-letter.pdf")
    assert guide.mimetype == "application/pdf"
    assert (
        guide.headers["Content-Disposition"] == 'inline; filename="guide-schools-wren22-letter.pdf"'
    )
    assert "Wren Elementary School" in reading.text_of(guide.data)
    (code,) = reading.codes(guide.data)
    assert code.text == "https://refer.harborstreet.example/refer?source=wren22"
    assert reading.properties(guide.data).ua_part == "1"
    assert "sources.printed" in book.actions()


def test_whom_the_practice_has_no_words_for_gets_the_first_ones(book: Stage) -> None:
    guide = book.get("/desk/offices/zed33/sheets/guide-letter.pdf")
    assert "guide-zed33-letter.pdf" in guide.headers["Content-Disposition"]


def test_what_is_no_sheet_is_not_there(book: Stage) -> None:
    assert book.get("/desk/offices/k7m2xq/sheets/nothing.pdf").status_code == 404
    assert book.get("/desk/offices/nobody/sheets/guide-letter.pdf").status_code == 404
    assert book.get("/desk/offices/nobody/sheets.zip").status_code == 404


def test_a_label_has_the_address(book: Stage) -> None:
    label = book.get("/desk/offices/k7m2xq/sheets/labels.pdf")
    text = reading.text_of(label.data)
    assert "14 Cedar Street" in text
    assert "Alder Falls, WA 98261" in text
    refused = book.get("/desk/offices/wren22/sheets/labels.pdf")
    assert refused.status_code == 422
    assert "There is no address to print" in refused.text


def test_a_sheet_for_manyis_one_file_in_the_order_of_the_list(book: Stage) -> None:
    answer = print_for(book, code=["wren22", "k7m2xq"], sheet="fax-form-letter")
    assert answer.mimetype == "application/pdf"
    name = "fax-form-letter-offices-2026-11-16.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert reading.page_count(answer.data) == 2
    text = reading.text_of(answer.data)
    assert text.index("Alder Family Medicine") < text.index("Wren Elementary School")


def test_all_that_were_found_are_printed_for(book: Stage) -> None:
    answer = print_for(book, which="found", kind="school", sheet="fax-form-letter")
    assert reading.page_count(answer.data) == 1
    assert "Wren Elementary School" in reading.text_of(answer.data)


def test_a_label_that_no_font_has_is_named_among_many(book: Stage) -> None:
    an_office(book, "cuneif", SourceFacts("Clinic 𒀀", address=("1 Oak",), town="Alder Falls"))
    answer = send(
        book, "/desk/offices?pick=1", "/desk/offices/print", {"which": "found", "sheet": "labels"}
    )
    assert answer.status_code == 422
    assert "It stands at “Clinic 𒀀”. Leave these out" in answer.text


def test_labels_begin_where_the_sheet_was_not_used(book: Stage) -> None:
    alder(book, "second", name="Birch Clinic", address=("9 Elm",))
    answer = print_for(book, code=["k7m2xq", "second", "wren22"], sheet="labels", skip="3")
    text = reading.text_of(answer.data)
    assert "14 Cedar Street" in text
    assert "9 Elm" in text
    assert print_for(book, code=["k7m2xq"], sheet="labels", skip="31").status_code == 422


def test_all_sheets_come_in_an_archive(book: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one office from its page, of several from the list."""
    monkeypatch.setattr(PressRoom, "print", lambda _, job: b"%PDF " + job.filename.encode())
    many = print_for(book, code=["k7m2xq", "zed33"], sheet="all")
    assert many.mimetype == "application/zip"
    named = 'attachment; filename="offices-2026-11-16.zip"'
    assert many.headers["Content-Disposition"] == named
    names = names_in(many.data)
    assert "Alder Family Medicine k7m2xq/guide-k7m2xq-letter.pdf" in names
    assert "Zed Dental zed33/poster-zed33-letter.pdf" in names
    assert MISSING not in names
    one = book.get("/desk/offices/zed33/sheets.zip")
    assert names_in(one.data) == [name for name in names if "zed33" in name]


def names_in(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return opened.namelist()


def test_too_many_are_refused_before_anything_is_made(
    book: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(several, "MOST_OFFICES", 1)
    answer = print_for(book, which="found", sheet="guide-letter")
    assert answer.status_code == 422
    assert "These are 3 offices" in answer.text


def test_nothing_ticked_leads_back(book: Stage) -> None:
    answer = print_for(book, sheet="guide-letter", kind="school")
    assert answer.location == "/desk/offices?pick=1&done=none-ticked&kind=school"
    assert "Tick an office first" in book.get(answer.location).text


def test_the_ones_ticked_are_saved_as_a_table(book: Stage) -> None:
    answer = print_for(book, code=["k7m2xq"], do="table")
    assert answer.mimetype == "text/csv"
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Code,Office,Kind")
    assert lines[1].startswith("k7m2xq,Alder Family Medicine,office")
    assert "Zed Dental" not in answer.text
    everybody = book.get("/desk/offices/export").data.decode("utf-8-sig")
    assert "Zed Dental" in everybody
    assert book.actions().count("sources.exported") == 2


def test_no_name_of_an_office_touches_the_disk(
    book: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.rglob("*"))
    print_for(book, code=["k7m2xq", "wren22"], sheet="poster-letter")
    print_for(book, code=["k7m2xq"], sheet="labels")
    left = {path for path in tmp_path.rglob("*") if path not in before}
    assert {path.suffix for path in left if path.is_file()} <= {".otf", ".db-wal", ".db-shm"}
