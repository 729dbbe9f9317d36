"""A page that does not hold is refused with what to cut; cutting so much makes it hold."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_kit.errors import ContentError
from outreach_kit.paper import Paper, SheetTooLong
from outreach_kit.practice import load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import Print

CLINICIAN = "clinicians/maximiliana/clinician.toml"
CLINICIAN_OF_THE_SAMPLE = "clinicians/nora-ellison/clinician.toml"


def test_both_lists_are_named_with_lines_to_cut_and_where_they_stand(
    tmp_path: Path, prints: Print
) -> None:
    practice = folders.hard(tmp_path, reasons=30, unfit=25)
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "guide", form_url=None)
    problems = {problem.key: problem for problem in refused.value.problems}
    assert {"refer_when", "not_fit"} <= set(problems)
    reasons = problems["refer_when"]
    assert reasons.file == CLINICIAN
    written = (tmp_path / CLINICIAN).read_text(encoding="utf-8").splitlines()
    assert written[reasons.line - 1] == "[[refer_when]]"
    assert re.fullmatch(r"guide-letter\.pdf is \d+ mm too long at 10 pt\.", reasons.what)
    assert re.fullmatch(r"Cut \d+ of 30 lines\.", reasons.todo)
    assert isinstance(refused.value, ContentError)


@pytest.mark.parametrize("name", ["guide", "niche-profile"])
def test_cutting_what_was_said_is_enough_and_one_line_less_is_not(
    tmp_path: Path, prints: Print, name: str
) -> None:
    practice = folders.hard(tmp_path / "long", reasons=26, unfit=22)
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, name, form_url=None)
    keep = dict(refused.value.overflows[0].keep)
    reasons = next(count for key, count in keep.items() if key.startswith("refer_when"))

    def shortened(more: int, where: str) -> None:
        folder = tmp_path / where
        short = folders.hard(folder, reasons=reasons + more, unfit=keep["not_fit"] + more)
        facts = folder / "practice.toml"
        plans = json.dumps(folders.PLANS)
        text = facts.read_text(encoding="utf-8")
        facts.write_text(
            text.replace(plans, json.dumps(folders.PLANS[: keep["plans"]])), encoding="utf-8"
        )
        prints(load_practice(folder), name, form_url=None)
        assert short.name

    shortened(0, "cut")
    with pytest.raises(SheetTooLong):
        shortened(1, "one-less")


def test_a_long_text_is_named_when_lists_are_not_the_cause(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", "Harbor Street Counseling PLLC", "Harbor Street " * 13 + "PLLC"),
        ("clinicians/nora-ellison/clinician.toml", 'name = "Nora Ellison"', f'name = "{"Nora " * 39}"'),
        (
            "clinicians/nora-ellison/clinician.toml",
            'credentials = ["LICSW"]',
            f"credentials = {json.dumps([f'Credential {n} of a very long name' for n in range(40)])}",
        ),
    )  # fmt: skip
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "guide")
    keys = {problem.key for problem in refused.value.problems}
    assert "credentials" in keys
    assert "refer_when" not in keys
    assert all("characters" in problem.todo for problem in refused.value.problems)


def test_a_speech_that_overflows_its_card_is_cut_by_sentences(
    tmp_path: Path, prints: Print
) -> None:
    speech = "One sentence of the speech that never ends. " * 40
    practice = folders.sample_with(tmp_path)
    (tmp_path / "clinicians/nora-ellison/elevator-speech.md").write_text(speech, encoding="utf-8")
    with pytest.raises(SheetTooLong) as refused:
        prints(practice := load_practice(tmp_path), "elevator-card")
    files = {problem.file for problem in refused.value.problems}
    assert files == {"clinicians/nora-ellison/elevator-speech.md"}
    assert practice.clinicians


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    reasons=st.lists(st.text("abcdef ghi", min_size=3, max_size=200), min_size=1, max_size=16),
    unfit=st.lists(st.text("abcdef ghi", min_size=3, max_size=200), min_size=1, max_size=16),
)
def test_whatever_the_lists_hold_the_guide_is_one_page_or_refused(
    tmp_path_factory: pytest.TempPathFactory, prints: Print, reasons: list[str], unfit: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    folders.sample_with(folder)
    shutil.rmtree(folder / "topics")  # they tell of reasons that are gone
    folders.write_clinician(
        folder,
        "nora-ellison",
        name="Nora Ellison",
        more="",
        reasons=[f"{text.strip()}." for text in reasons],
        unfit=[f"{text.strip()}." for text in unfit],
    )
    practice = load_practice(folder)
    try:
        sheet = prints(practice, "guide", Paper.A4)
    except SheetTooLong:
        return
    assert reading.page_count(sheet.bytes) == 1
    bottom = min(one.bottom for one in reading.characters(sheet.bytes))
    assert bottom >= 12.7


def test_only_what_stands_on_the_sheet_is_to_be_shortened(tmp_path: Path, prints: Print) -> None:
    niche = "I help adults who cannot rest, " + "and whoever sits beside them, " * 6 + "again, "
    credentials = json.dumps([f"A credential number {n}" for n in range(8)])
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", '"Free parking behind', f'"{"Free parking " * 11}behind'),
        (CLINICIAN_OF_THE_SAMPLE, "I help adults whose", f"{niche} whose"),
        (CLINICIAN_OF_THE_SAMPLE, '["LICSW"]', credentials),
    )
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "desk-tent")
    problems = refused.value.problems
    assert [problem.key for problem in problems] == ["credentials", "niche"]
    assert "list" not in problems[0].todo
