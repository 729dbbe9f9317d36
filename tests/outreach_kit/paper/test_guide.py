"""What the guide tells an office, and how it leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.paper import Paper, Source, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TODAY, Print

CLINICIAN = "clinicians/nora-ellison/clinician.toml"


@pytest.fixture
def guide(sample: Practice, prints: Print) -> str:
    return reading.text_of(prints(sample, "guide").bytes)


def test_it_says_whom_to_send_and_whom_not(guide: str, sample: Practice) -> None:
    facts = sample.clinicians[0].facts
    for line in (*(reason.text for reason in facts.refer_when), *facts.not_fit):
        assert line in guide
    assert facts.not_fit_promise in guide
    assert " ".join(facts.niche.split()) in guide


def test_it_gives_the_sentence_to_say_and_the_steps(guide: str) -> None:
    assert "“I recommend Nora Ellison, by name." in guide
    for words in ("referral pad", "while the patient is still in the room", "one-minute form"):
        assert words in guide


def test_it_shows_three_doors_the_promise_the_plans_and_the_crisis_line(guide: str) -> None:
    for words in (
        "(360) 555-0142", "(360) 555-0143",
        "Within 4 working hours", "I call the patient.", "Within about 10 days",
        "Regence, Premera, Kaiser PPO", "Call 911", "call or text 988",
    ):  # fmt: skip
        assert words in guide
    assert "refer.harborstreet.example/refer" in guide.replace(" ", "")


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
def test_its_code_opens_the_form_from_a_print(
    sample: Practice, prints: Print, paper: Paper
) -> None:
    pdf = prints(sample, "guide", paper).bytes
    (code,) = reading.codes(pdf)
    assert code.text == f"{FORM_URL}/refer"
    assert code.text in reading.links(pdf)
    assert code.side_mm >= 29.7
    assert code.correction == "M"


def test_for_one_office_it_carries_name_and_code(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "guide", source=Source("k7m2xq", "Lakeside Family Medicine")).bytes
    (code,) = reading.codes(pdf)
    assert code.text == f"{FORM_URL}/refer?source=k7m2xq"
    text = reading.text_of(pdf)
    assert "Prepared for Lakeside Family Medicine" in text
    assert "Your office is filled in." in text


def test_without_a_form_phone_and_fax_carry_it(sample: Practice, prints: Print) -> None:
    pdf = prints(sample, "guide", form_url=None).bytes
    text = reading.text_of(pdf)
    assert reading.codes(pdf) == []
    assert "(360) 555-0142" in text
    assert "(360) 555-0143" in text
    assert "form" not in text.replace("perform", "").lower().split()
    assert "receipt" not in text


def test_an_office_that_only_calls_is_told_to_hand_over_the_phone(
    tmp_path: Path, prints: Print
) -> None:
    practice = folders.sample_with(tmp_path, ("practice.toml", 'fax = "(360) 555-0143"\n', ""))
    text = reading.text_of(prints(practice, "guide", form_url=None).bytes)
    assert "hand over the phone" in text
    assert "fax" not in text.lower()


def test_a_group_says_who_takes_whom_and_only_what_nobody_takes(
    tmp_path: Path, prints: Print
) -> None:
    text = reading.text_of(prints(folders.group(tmp_path), "guide").bytes)
    assert "Ben Osei, PhD" in text
    assert "Nora Ellison, LICSW" in text
    assert "Grief that does not ease" in text
    assert "Active psychosis or mania" in text
    assert "A custody evaluation" not in text
    assert "We call the patient." in text
    assert "We will help you find who is right." in text
    assert "I will help" not in text


def test_a_group_s_guide_for_one_opens_the_form_for_that_one(tmp_path: Path) -> None:
    practice = folders.group(tmp_path)
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only="guide")
    job = next(job for job in jobs if job.filename == "ben-osei-guide-letter.pdf")
    view = view_sheet(Commission(job, practice, TODAY, "en", FORM_URL, None))
    assert view.data["doors"][-1]["code"]["url"] == f"{FORM_URL}/refer/ben-osei"


def test_few_words_are_set_larger(tmp_path: Path, sample: Practice, prints: Print) -> None:
    crowded = folders.hard(tmp_path)
    roomy = reading.font_sizes(prints(sample, "guide", Paper.A4).bytes)["cardiac"]
    tight = reading.font_sizes(prints(crowded, "guide", form_url=None).bytes)["busy"]
    assert 10 <= tight < roomy <= 12.5


def test_a_portrait_stands_beside_the_name(tmp_path: Path, prints: Print) -> None:
    practice = folders.with_portrait(tmp_path)
    pdf = prints(practice, "guide").bytes
    assert "Nora Ellison, Harbor Street Counseling PLLC" in reading.alternatives(pdf)
