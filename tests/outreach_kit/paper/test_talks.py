"""The menu of talks and their flyers: what an office can ask for, and what hangs on its wall."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, Press, Source, plan_sheets
from outreach_kit.paper.jobs import TalkDay
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import TODAY, Print

TRAININGS = "trainings.toml"


@pytest.fixture(scope="module")
def menu(prints: Print) -> str:
    return reading.text_of(prints(folders.sample(), "talks-menu").bytes)


@pytest.fixture(scope="module")
def flyer(prints: Print) -> bytes:
    """Of the first talk, for one office."""
    office = Source("k7m2xq", "Lakeside Family Medicine")
    return prints(folders.sample(), "talk-flyer", source=office).bytes


def test_the_menu_lists_every_talk_with_length_listeners_and_what_it_gives(menu: str) -> None:
    for training in folders.sample().trainings:
        for words in (training.title, training.about, *training.points):
            assert words in menu
    for words in ("15 or 45 minutes", "30 or 60 minutes", "Congregations", "No screen."):
        assert words in menu


def test_the_menu_says_how_to_ask_for_one(menu: str) -> None:
    assert "To ask for a talk" in menu
    for way in ("(360) 555-0142", "Mon–Thu 9 am–6 pm", "hello@harborstreet.example"):
        assert way in menu


def test_with_many_talks_each_keeps_its_place_and_loses_its_points(
    tmp_path: Path, prints: Print
) -> None:
    practice = folders.hard(tmp_path)
    text = reading.text_of(prints(practice, "talks-menu", Paper.A4).bytes)
    assert all(training.title in text for training in practice.trainings)
    assert "A second one" not in text


def test_there_is_a_flyer_for_each_talk(sample: Practice) -> None:
    jobs = plan_sheets(sample, papers=[Paper.A4], only="talk-flyer")
    assert [job.filename for job in jobs] == [
        "talk-flyer-clear-work-up-a4.pdf",
        "talk-flyer-sleepless-a4.pdf",
        "talk-flyer-beside-panic-a4.pdf",
    ]


def test_a_flyer_says_what_it_is_for_whom_and_with_whom(flyer: bytes) -> None:
    text = reading.text_of(flyer)
    for words in (
        "When the work-up is clear: panic in primary care", "15 minutes",
        "Three sentences that end a work-up without ending the conversation",
        "Physicians, nurses, medical assistants and front desks", "With Nora Ellison",
        "To ask for this talk", "(360) 555-0142",
    ):  # fmt: skip
        assert words in text
    assert "counselors" not in text


def test_a_flyer_leaves_room_for_day_and_time_and_names_the_office(flyer: bytes) -> None:
    text = reading.text_of(flyer)
    assert text.count("Lakeside Family Medicine") == 2
    found = reading.characters(flyer)
    heads = "".join(one.char for one in found)
    day, time, place = (heads.index(label) for label in ("DAY", "TIME", "PLACE"))
    assert found[time].left - found[day].left > 35
    office = heads.index("LakesideFamily")
    assert abs(found[office].left - found[place].left) < 1
    assert 4 < found[place].bottom - found[office].top < 12


def test_the_title_can_be_read_across_a_room(flyer: bytes) -> None:
    assert reading.font_sizes(flyer)["panic"] >= 24


def test_a_talk_for_everybody_names_every_audience(tmp_path: Path) -> None:
    practice = folders.sample_with(tmp_path, (TRAININGS, 'audiences = ["physicians"]\n', ""))
    job = plan_sheets(practice, papers=[Paper.A4], only="talk-flyer")[0]
    data = view_sheet(Commission(job, practice, TODAY, "en", None, None)).data
    assert len(data["for"]["items"]) == len(practice.audiences) > 1


def test_a_practice_that_gives_no_talks_is_told_how_to_begin(tmp_path: Path) -> None:
    folders.sample_with(tmp_path)
    (tmp_path / TRAININGS).unlink()
    practice = load_practice(tmp_path)
    planned = {job.sheet.name for job in plan_sheets(practice, papers=[Paper.A4])}
    assert "guide" in planned
    assert not planned & {"talks-menu", "talk-flyer"}
    for name in ("talks-menu", "talk-flyer"):
        with pytest.raises(UsageError, match=r"Describe a talk in trainings\.toml"):
            plan_sheets(practice, papers=[Paper.A4], only=name)


def test_markup_in_a_talk_is_printed_letter_by_letter(tmp_path: Path, prints: Print) -> None:
    hostile = '*bold* #panic() $x$ <b> "q" \\u{41}'
    practice = folders.sample_with(
        tmp_path, (TRAININGS, '"What to do with a GAD-7 of 10 or more"', json.dumps(hostile))
    )
    for name in ("talks-menu", "talk-flyer"):
        assert hostile in reading.text_of(prints(practice, name).bytes)


def test_the_sign_in_sheet_is_ruled_for_hands_and_has_a_head(prints: Print) -> None:
    office = Source("k7m2xq", "Lakeside Family Medicine")
    pdf = prints(folders.sample(), "sign-in-sheet", source=office).bytes
    text = reading.text_of(pdf)
    for words in (
        "When the work-up is clear", "Lakeside Family Medicine", "Name", "Role", "our letter",
        "Please write no patient’s name on this sheet.",
    ):  # fmt: skip
        assert words in text
    assert reading.tags(pdf).count("TH") == 3
    rules = sorted({round(one.top, 1) for one in reading.shapes(pdf) if one.right - one.left > 40})
    gaps = [upper - lower for lower, upper in pairwise(rules)]
    assert len([gap for gap in gaps if gap == pytest.approx(9.5, abs=0.11)]) >= 14


def test_what_was_agreed_on_stands_on_flyer_and_list(sample: Practice, press: Press) -> None:
    office = Source("k7m2xq", "Lakeside Family Medicine")
    agreed = TalkDay(dt.date(2026, 12, 3), "12:15 to 12:45", "The break room")
    said = []
    for name in ("talk-flyer", "sign-in-sheet"):
        (job, *_) = plan_sheets(sample, papers=[Paper.LETTER], only=name, source=office)
        sheet = press.pdf(
            replace(job, talk=agreed),
            sample,
            today=TODAY,
            timestamp=0,
            form_url=None,
            site_url=None,
        )
        said.append(reading.text_of(sheet.bytes))
    flyer, signed = said
    for words in ("Thu, December 3", "12:15 to 12:45", "The break room, Lakeside Family Medicine"):
        assert words in flyer, words
    for words in ("December 3, 2026", "The break room, Lakeside Family Medicine"):
        assert words in signed, words
