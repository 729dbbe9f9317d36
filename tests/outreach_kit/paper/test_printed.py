"""Every sheet of the catalogue, read back from its PDF: accessible, on its page, the same twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from outreach_kit.paper import CATALOGUE, Need, Paper, Press, PrintedSheet, Scope, find_sheet
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import (
    FORM_URL,
    SITE_URL,
    TIMESTAMP,
    TODAY,
    Print,
    job_for,
)

EVERY = [
    (sheet.name, paper)
    for sheet in CATALOGUE
    if sheet.scope is not Scope.DESK
    for paper in sheet.papers
]


@pytest.fixture(params=EVERY, ids=lambda pair: "-".join(pair))
def wanted(request: pytest.FixtureRequest) -> tuple[str, Paper]:
    pair: tuple[str, Paper] = request.param
    return pair


Printed = Callable[[str, Paper], PrintedSheet]


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> Printed:
    """Each sheet of the sample, printed when it is first asked for."""
    return cache(lambda name, paper: prints(sample, name, paper))


@pytest.fixture
def sheet(wanted: tuple[str, Paper], printed: Printed) -> PrintedSheet:
    return printed(*wanted)


@pytest.fixture(scope="module")
def elsewhere(
    sample: Practice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, Paper], Future[bytes]]]:
    """The same on a press of its own, in a thread of its own."""
    press = Press(tmp_path_factory.mktemp("elsewhere"))

    def run(name: str, paper: Paper) -> bytes:
        return press.pdf(
            job_for(sample, name, paper),
            sample,
            today=TODAY,
            timestamp=TIMESTAMP,
            form_url=FORM_URL,
            site_url=SITE_URL,
        ).bytes

    with ThreadPoolExecutor(max_workers=1) as thread:
        yield lambda name, paper: thread.submit(run, name, paper)


def test_it_has_as_many_pages_as_its_row_says_and_of_that_size(
    sheet: PrintedSheet, wanted: tuple[str, Paper]
) -> None:
    row = find_sheet(wanted[0])
    assert reading.page_count(sheet.bytes) == sheet.pages == row.pages
    assert reading.page_size_mm(sheet.bytes) == row.size_mm(wanted[1])


def test_it_declares_itself_accessible_and_says_what_it_is(
    sheet: PrintedSheet, sample: Practice
) -> None:
    properties = reading.properties(sheet.bytes)
    assert properties.ua_part == "1"
    assert properties.marked
    assert properties.shows_title
    assert properties.language in {"en", "en-US"}
    assert "Nora Ellison, LICSW" in properties.title or sample.name in properties.title
    assert properties.author == sample.name
    assert properties.subject
    assert properties.keywords
    assert properties.created.startswith("D:20261121")


def test_it_is_tagged_from_the_title_down(sheet: PrintedSheet) -> None:
    tags = reading.tags(sheet.bytes)
    headings = [tag for tag in tags if tag in {"Title", "H1", "H2", "H3"}]
    assert headings[:2] in (["Title", "H1"], ["Title", "H2"])
    assert headings.index("H1") < headings.index("H2") if "H2" in headings else True
    assert "P" in tags
    assert all(reading.alternatives(sheet.bytes))


def test_no_word_stands_in_the_margin(sheet: PrintedSheet, wanted: tuple[str, Paper]) -> None:
    assert_inside(sheet.bytes, *wanted)


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_long_names_many_plans_and_a_box_for_an_address_still_hold(
    tmp_path: Path, prints: Print, name: str, paper: Paper
) -> None:
    practice = folders.hard(tmp_path, fax=find_sheet(name).needs is Need.FAX)
    sheet = prints(practice, name, paper, form_url=None)
    text = reading.text_of(sheet.bytes)
    assert sheet.pages == reading.page_count(sheet.bytes) == find_sheet(name).pages
    assert_inside(sheet.bytes, name, paper)
    assert reading.codes(sheet.bytes) == []
    if name in {"guide", "niche-profile"}:
        assert "CEDS-S" in text
        for plan in folders.PLANS:
            assert plan in text


def test_the_same_arguments_give_the_same_bytes_on_any_press_and_thread(
    sheet: PrintedSheet,
    wanted: tuple[str, Paper],
    elsewhere: Callable[[str, Paper], Future[bytes]],
) -> None:
    assert elsewhere(*wanted).result() == sheet.bytes


def test_another_timestamp_gives_another_date(sample: Practice, prints: Print) -> None:
    later = prints(sample, "guide", timestamp=TIMESTAMP + 86_400)
    assert reading.properties(later.bytes).created.startswith("D:20261122")


def test_only_the_faces_of_the_house_are_embedded(sheet: PrintedSheet) -> None:
    fonts = reading.embedded_fonts(sheet.bytes)
    assert fonts
    assert all(font.startswith(("SourceSansPro", "SourceSerifPro")) for font in fonts)


def test_one_press_serves_several_threads(press: Press, sample: Practice) -> None:
    printed: list[bytes] = []

    def run() -> None:
        for _ in range(3):
            sheet = press.pdf(
                job_for(sample, "guide"),
                sample,
                today=TODAY,
                timestamp=TIMESTAMP,
                form_url=FORM_URL,
                site_url=SITE_URL,
            )
            printed.append(sheet.bytes)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(printed) == 9
    assert len(set(printed)) == 1


def test_a_picture_has_the_size_of_its_paper(press: Press, sample: Practice) -> None:
    (picture,) = press.png(
        job_for(sample, "guide", Paper.A4),
        sample,
        today=TODAY,
        timestamp=TIMESTAMP,
        form_url=FORM_URL,
        site_url=SITE_URL,
        ppi=72,
    )
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == pytest.approx((595, 842), abs=1)


def assert_inside(pdf: bytes, name: str, paper: Paper) -> None:
    row = find_sheet(name)
    (width, height), margin = row.size_mm(paper), row.margin_mm - 0.1  # side bearings
    found = reading.characters(pdf)
    assert len(found) > 50
    outside = [
        one
        for one in found
        if one.left < margin
        or one.right > width - margin
        or one.bottom < margin
        or one.top > height - margin
    ]
    assert outside == []
