"""Which sheets there are for an office, and whose words are on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from form_server.desk.offices.sheets import handouts_of, job_of, jobs_named, jobs_of, list_handouts
from form_server.desk.press_room import PressRoom
from form_server.ledger import NotFound, SourceCard, SourceFacts
from outreach_kit.paper import Paper
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def room_of(practice: Practice) -> PressRoom:
    return PressRoom(practice, "https://refer.example", date(2026, 11, 16))


def card(audience: str = "", name: str = "Mill Road") -> SourceCard:
    return SourceCard("k7", SourceFacts(name, audience=audience), NOW, NOW, None)


@pytest.fixture(scope="module")
def room() -> PressRoom:
    return room_of(folders.sample())


def test_each_sheet_is_offered_once_whatever_words_it_has(room: PressRoom) -> None:
    names = [one.name for group in list_handouts(room) for one in group.handouts]
    assert len(set(names)) == len(names)
    assert names.count("guide-letter") == 1
    assert {"referral-pad-2up-letter", "talk-flyer-sleepless-letter"} <= set(names)
    labels = [group.label for group in list_handouts(room)]
    assert labels == ["To take along", "To leave there", "To mail", "For yourself", "For a talk"]


def test_an_office_gets_the_words_of_its_kind_and_no_others(room: PressRoom) -> None:
    jobs = jobs_of(card("schools"), room)
    assert [job.edition for job in jobs if job.sheet.name == "guide"] == ["schools"]
    assert job_of(card("schools"), "guide-letter", room).filename == "guide-schools-k7-letter.pdf"
    assert handouts_of(card("schools"), room) == list_handouts(room)


@pytest.mark.parametrize("audience", ["", "physicians", "pirates"])
def test_others_get_the_first_audiences_words(room: PressRoom, audience: str) -> None:
    assert job_of(card(audience), "guide-letter", room).filename == "guide-k7-letter.pdf"


def test_in_a_group_nobody_goes_without_a_clinicians_sheet(tmp_path: Path) -> None:
    room = room_of(folders.group(tmp_path))
    names = {one.name for group in list_handouts(room) for one in group.handouts}
    assert len({name for name in names if name.endswith("-guide-letter")}) > 1
    for audience in ("", *(one.slug for one in room.practice.audiences)):
        there = [one.name for group in handouts_of(card(audience), room) for one in group.handouts]
        assert len(set(there)) == len(there)
        for name in there:
            assert job_of(card(audience), name, room).source is not None


def test_a_sheet_that_no_office_has_is_not_found(room: PressRoom) -> None:
    with pytest.raises(NotFound):
        jobs_named([card(), card("schools")], "letterhead-letter", room)


def test_paper_is_what_the_country_has(room: PressRoom) -> None:
    assert room.paper is Paper.LETTER
    facts = room.practice.facts
    address = facts.address.model_copy(update={"country": "DE"})
    abroad = replace(room.practice, facts=facts.model_copy(update={"address": address}))
    assert room_of(abroad).paper is Paper.A4


def test_a_days_prints_of_one_sheet_are_the_same(room: PressRoom) -> None:
    job = job_of(card(), "fax-form-letter", room)
    assert room.print(job) == room_of(room.practice).print(job)
