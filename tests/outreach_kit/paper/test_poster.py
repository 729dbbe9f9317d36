"""The front-desk poster is read from two metres and scanned from one; the small print is the staff's."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.paper import Paper, Source
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, Print

FROM_TWO_METRES_PT = 16
"""A capital of 3.9 mm, which is 6.7 minutes of arc at two metres."""


@pytest.fixture(scope="module", params=[Paper.LETTER, Paper.A4])
def poster(request: pytest.FixtureRequest, sample: Practice, prints: Print) -> bytes:
    return prints(sample, "poster", request.param).bytes


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory, prints: Print) -> bytes:
    practice = folders.hard(tmp_path_factory.mktemp("hard"))
    return prints(practice, "poster", form_url=None).bytes


def test_what_concerns_the_patient_is_set_for_two_metres(poster: bytes) -> None:
    sizes = reading.font_sizes(poster)
    assert sizes["alone."] >= 40
    assert sizes["555-0142"] >= 30
    assert min(sizes[word] for word in ("physical", "therapy", "bodies.")) >= 20
    assert min(sizes[word] for word in ("free.", "scan", "988,")) >= FROM_TWO_METRES_PT


def test_what_concerns_the_staff_is_small(poster: bytes) -> None:
    sizes = reading.font_sizes(poster)
    assert max(sizes[word] for word in ("recommend", "sounding", "desk,")) <= 11
    assert min(sizes[word] for word in ("recommend", "sounding")) >= 10


def test_its_code_is_large_and_opens_the_patient_s_door(poster: bytes) -> None:
    (code,) = reading.codes(poster, dpi=150)
    assert code.text == f"{FORM_URL}/hello"
    assert code.side_mm >= 57
    assert code.text in reading.links(poster)


def test_for_one_office_it_carries_name_and_code(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "poster", source=Source("k7m2xq", "Lakeside Family Medicine")).bytes
    assert f"{FORM_URL}/hello?source=k7m2xq" in reading.links(pdf)
    text = reading.text_of(pdf)
    assert "Prepared for Lakeside Family Medicine" in text
    assert "hello?source=k7m2xq" in text


def test_without_a_form_a_message_is_left(hard: bytes) -> None:
    text = reading.text_of(hard)
    assert "Leave a message. I call you within 2 working days." in text
    assert "scan" not in text


def test_a_long_name_and_number_stay_large(hard: bytes) -> None:
    sizes = reading.font_sizes(hard)
    assert sizes["20481"] >= 30
    assert min(sizes[word] for word in ("grieving", "working", "988,")) >= FROM_TWO_METRES_PT


def test_a_group_s_poster_is_the_practice_s(tmp_path: Path, prints: Print) -> None:
    text = reading.text_of(prints(folders.group(tmp_path), "poster").bytes)
    assert "Harbor Street Counseling PLLC I help" in text
    assert "We call you within 4 working hours." in text
    assert "“I recommend …, by name." in text
