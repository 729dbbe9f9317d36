"""A large house on its sheets: eight keep a reason or two each; of more their number and what many take."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from outreach_kit.paper import Paper
from outreach_kit.paper.views.crowd import MOST_REASONS, count_openings, shared_reasons
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import TODAY, Print
from tests.samples import GROUP_PRACTICE


def make_house(folder: Path, namesakes: str) -> Practice:
    """The group of four, and so many namesakes of each."""
    shutil.copytree(GROUP_PRACTICE, folder, dirs_exist_ok=True)
    for home in sorted((folder / "clinicians").iterdir()):
        for suffix in namesakes:
            facts = shutil.copytree(home, home.with_name(f"{home.name}-{suffix}"))
            _rename(facts / "clinician.toml", suffix.upper())
    return load_practice(folder)


def _rename(facts: Path, suffix: str) -> None:
    text = facts.read_text(encoding="utf-8")
    facts.write_text(
        re.sub(r'^name = "(.*)"', rf'name = "\1 {suffix}"', text, count=1, flags=re.M),
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return make_house(tmp_path_factory.mktemp("eight"), "b")


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return make_house(tmp_path_factory.mktemp("twelve"), "bc")


def test_the_house_s_guide_shows_as_many_reasons_of_each_as_the_page_holds(
    eight: Practice, prints: Print
) -> None:
    assert len(eight.clinicians) == 8
    sheet = prints(eight, "guide")
    text = reading.text_of(sheet.bytes)
    assert sheet.pages == 1
    for clinician in eight.clinicians:
        assert text.count(clinician.name) >= 1
    labels = [reason.label for one in eight.clinicians for reason in one.facts.refer_when]
    first = [one.facts.refer_when[0].label for one in eight.clinicians]
    assert all(label in text for label in first)
    assert any(label not in text for label in labels)


def test_where_there_is_room_every_reason_is_shown(eight: Practice, prints: Print) -> None:
    text = reading.text_of(prints(eight, "guide", Paper.A4).bytes)
    for clinician in eight.clinicians:
        for reason in clinician.facts.refer_when:
            assert reason.label in text


@pytest.mark.parametrize(
    "sheet", ["guide", "brochure", "fax-form", "visit-sheet", "newsletter", "referral-pad"]
)
def test_a_house_of_twelve_has_every_sheet_that_speaks_for_all(
    twelve: Practice, prints: Print, sheet: str
) -> None:
    text = reading.text_of(prints(twelve, sheet).bytes)

    if sheet != "referral-pad":
        assert not any(one.name in text for one in twelve.clinicians)


def test_a_guide_of_many_says_how_many_there_are_and_what_they_share(
    twelve: Practice, prints: Print
) -> None:
    sheet = prints(twelve, "guide")
    text = reading.text_of(sheet.bytes)

    assert sheet.pages == 1
    assert "12 clinicians" in text
    shared = shared_reasons(twelve.clinicians)
    assert len(shared) == MOST_REASONS
    assert all(one.label in text for one in shared)


def test_the_openings_of_many_are_one_number_as_old_as_its_oldest_part(twelve: Practice) -> None:
    counted = [one.facts.openings for one in twelve.clinicians]
    fresh = [one for one in counted if one is not None and one.count and one.fresh(TODAY)]

    assert fresh
    assert count_openings(twelve.clinicians, TODAY) == (
        sum(one.count or 0 for one in fresh),
        min(one.on for one in fresh),
    )
    assert count_openings(twelve.clinicians, TODAY + dt.timedelta(days=400)) is None
