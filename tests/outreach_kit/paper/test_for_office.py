"""What one office gets on paper, and how several offices' sheets become one file."""

from __future__ import annotations

import io

import pikepdf
import pytest

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, Source, UnknownSheet
from outreach_kit.paper.for_office import folder_of, merge_for_printer, plan_office
from outreach_kit.practice import Practice

MILL = Source("k7", "Mill Road")


def test_it_gets_its_own_audiences_words_alone(sample: Practice) -> None:
    jobs = plan_office(sample, MILL, "schools", [Paper.LETTER], "guide")
    assert [job.filename for job in jobs] == ["guide-schools-k7-letter.pdf"]
    first = plan_office(sample, MILL, "", [Paper.LETTER, Paper.A4], "guide")
    assert [job.filename for job in first] == ["guide-k7-letter.pdf", "guide-k7-a4.pdf"]


def test_talks_are_nobodys_words_and_stay(sample: Practice) -> None:
    jobs = plan_office(sample, MILL, "schools", [Paper.LETTER], "talk-flyer")
    assert len(jobs) == len(sample.trainings)


def test_what_is_not_there_is_refused(sample: Practice) -> None:
    with pytest.raises(UsageError, match="pirates"):
        plan_office(sample, MILL, "pirates", [Paper.LETTER])
    with pytest.raises(UnknownSheet):
        plan_office(sample, MILL, "", [Paper.LETTER], "leaflet")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Lakeside: Smith/Jones & Co. (North)", "Lakeside Smith Jones & Co (North) k7"),
        ("../..", "office k7"),
        ("Łódź Клиника", "Łódź Клиника k7"),
    ],
)
def test_a_folder_has_a_name_that_any_system_takes(name: str, folder: str) -> None:
    assert folder_of(Source("k7", name)) == folder


def test_pages_come_in_the_order_given() -> None:
    def sheet(width: int) -> io.BytesIO:
        written = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(width, 200))
            pdf.save(written)
        return io.BytesIO(written.getvalue())

    merged = merge_for_printer([sheet(300), sheet(100), sheet(200)])
    with pikepdf.open(io.BytesIO(merged)) as whole:
        assert [int(page.mediabox[2]) for page in whole.pages] == [300, 100, 200]
