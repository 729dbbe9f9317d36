"""The page about the practice folder names every key, and none that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from outreach_kit.places import CHECKOUT
from outreach_kit.practice.articles import NOTE_FIELDS, TOPIC_FIELDS
from outreach_kit.practice.audiences import Audience
from outreach_kit.practice.clinician import Ages, ClinicianFile, License, Openings, ReferWhen
from outreach_kit.practice.complaints import model_in
from outreach_kit.practice.directories import Listing
from outreach_kit.practice.facts import Facts, PracticeFile
from outreach_kit.practice.front import PAGE_FIELDS
from outreach_kit.practice.resources import ColleaguesFile, HelpLine, ListedColleague
from outreach_kit.practice.trainings import Training
from outreach_kit.practice.words import (
    AudiencesWords,
    ClinicianWords,
    PracticeWords,
    ResourcesWords,
    TrainingsWords,
)

PAGE = (CHECKOUT / "docs/practice-folder.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """What stands below a heading, up to the next of the same rank or a higher one."""
    rank = len(heading) - len(heading.lstrip("#"))
    _, found, rest = PAGE.partition(f"\n{heading}\n")
    assert found, heading
    return re.split(rf"\n#{{1,{rank}}} ", rest)[0]


def rows(text: str) -> set[str]:
    return set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))


def table_of(model: type[Facts], key: str) -> type[Facts]:
    table = model_in(model.model_fields[key].annotation)
    assert table is not None
    assert issubclass(table, Facts)
    return table


@pytest.mark.parametrize("key", sorted(set(PracticeFile.model_fields) - {"mailing_address"}))
def test_every_table_of_the_practice_is_told_with_all_its_keys(key: str) -> None:
    heading = {
        "fees": "### [[fees]]",
        "sites": "### [[sites]]",
        "address": "### [address] and [mailing_address]",
    }.get(key, f"### [{key}]")
    assert rows(section(heading)) == set(table_of(PracticeFile, key).model_fields)


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("## clinicians/…/clinician.toml", ClinicianFile),
        ("## audiences.toml", Audience),
        ("## trainings.toml", Training),
        ("## resources.toml", HelpLine),
        ("## colleagues.toml", ColleaguesFile),
        ("## directories.toml", Listing),
    ],
)
def test_every_other_file_is_told_with_all_its_keys(heading: str, model: type[Facts]) -> None:
    assert rows(section(heading)) == set(model.model_fields)


def test_small_tables_of_a_clinician_are_told_in_their_rows() -> None:
    text = section("## clinicians/…/clinician.toml")
    for key, model in (
        ("license", License), ("refer_when", ReferWhen), ("ages", Ages), ("openings", Openings),
    ):  # fmt: skip
        (row,) = re.findall(rf"^\| `{key}` \|(.*)$", text, re.MULTILINE)
        assert {name for name in model.model_fields if f"`{name}`" not in row} == set()


def test_what_is_told_of_a_listed_colleague_stands_in_its_row() -> None:
    (row,) = re.findall(r"^\| `colleague` \|(.*)$", section("## colleagues.toml"), re.MULTILINE)
    assert re.findall(r"`([a-z_]+)`", row) == list(ListedColleague.model_fields)


def test_fields_of_pages_topics_and_notes_are_told() -> None:
    cells = re.findall(
        r"^\| `([a-z]+)` \|(.*)\|(.*)\|(.*)\|$",
        section("## Pages, topics and notes"),
        re.MULTILINE,
    )
    for place, fields in enumerate((PAGE_FIELDS, TOPIC_FIELDS, NOTE_FIELDS), 1):
        assert {row[0] for row in cells if row[place].strip()} == set(fields)


def test_links_within_the_page_lead_to_its_headings() -> None:
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert links
    assert links <= anchors


def keys(model: type[Facts], before: str = "") -> Iterator[str]:
    for key, field in model.model_fields.items():
        table = model_in(field.annotation)
        if table is not None and issubclass(table, Facts):
            yield from keys(table, f"{before}{key}.")
        elif key != "slug":
            yield before + key


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("practice", PracticeWords),
        ("clinician", ClinicianWords),
        ("audiences", AudiencesWords),
        ("trainings", TrainingsWords),
        ("resources", ResourcesWords),
    ],
)
def test_every_word_that_can_be_translated_is_told(file: str, model: type[Facts]) -> None:
    (row,) = re.findall(
        rf"^\| `{file}\.es\.toml` \|(.*\..*`.*)$", section("## A second language"), re.MULTILINE
    )[-1:]
    assert re.findall(r"`([a-z_.]+)`", row) == list(keys(model))
