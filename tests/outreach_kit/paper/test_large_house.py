"""A house of eight on one page: each keeps a reason or two, and nobody has to cut their facts for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from outreach_kit.paper import Paper
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import Print
from tests.samples import GROUP_PRACTICE


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """The group of four, and a namesake of each."""
    folder = shutil.copytree(GROUP_PRACTICE, tmp_path_factory.mktemp("eight"), dirs_exist_ok=True)
    for home in sorted((Path(folder) / "clinicians").iterdir()):
        facts = shutil.copytree(home, home.with_name(f"{home.name}-b")) / "clinician.toml"
        text = facts.read_text(encoding="utf-8")
        facts.write_text(
            re.sub(r'^name = "(.*)"', r'name = "\1 Junior"', text, count=1, flags=re.M),
            encoding="utf-8",
        )
    return load_practice(Path(folder))


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
