"""How to answer a referral: the team's page carries the practice's own promise, hours and limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.paper import Paper, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice
from outreach_kit.risk_words import mentions_risk
from tests.outreach_kit.paper import folders, reading, strokes
from tests.outreach_kit.paper.conftest import TODAY, Print

NAME = "team-training"


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> bytes:
    return prints(sample, NAME).bytes


@pytest.fixture(scope="module")
def text(printed: bytes) -> str:
    return reading.text_of(printed)


def test_it_begins_with_why_speed_matters_and_with_the_promise(text: str) -> None:
    assert text.index("The first to answer usually wins") < text.index("Within 4 working hours")
    for when in ("The same day", "2 to 3 days later", "5 to 7 days later"):
        assert when in text
    assert "Every referral gets an answer" in text


def test_it_gives_the_four_topics_the_telephone_and_its_hours(text: str) -> None:
    topics = ("Consultation.", "Scheduling.", "Cost and insurance.", "Payment.")
    places = [text.index(topic) for topic in topics]
    assert places == sorted(places)
    assert "Our phone: (360) 555-0142 Mon–Thu 9 am–6 pm" in text
    assert "We are in network with Regence, Premera, Kaiser PPO." in text


def test_a_permission_is_a_no_unless_given_and_voicemail_says_nothing(text: str) -> None:
    assert "A permission that was not given is a no" in text
    start = text.index("Never on voicemail")
    for secret in ("The name of the practice", "Therapy", "Who referred them, and why"):
        assert secret in text[start:]


def test_fit_is_in_edge_or_out_with_the_clinicians_own_examples(
    text: str, sample: Practice
) -> None:
    places = [text.index(word) for word in ("In What we want", "Edge We could", "Out Somebody")]
    assert places == sorted(places)
    facts = sample.clinicians[0].facts
    for example in (*(reason.label for reason in facts.refer_when), *facts.not_fit):
        assert example in text


def test_every_referral_ends_in_an_outcome(text: str) -> None:
    assert "No referral is closed without an outcome" in text
    assert "only as far as the patient agreed" in text


def test_the_words_that_it_warns_of_are_words_that_the_form_stops_at(sample: Practice) -> None:
    job = plan_sheets(sample, papers=[Paper.LETTER], only=NAME)[0]
    danger = view_sheet(Commission(job, sample, TODAY, "en", None, None)).data["danger"]
    spoken = danger["words"].split("”")[:3]
    assert len(spoken) == 3
    assert all(mentions_risk(words) for words in spoken)
    assert "911" in danger["lines"][0]
    assert "988" in danger["lines"][1]
    assert danger["then"] == "Then tell Nora Ellison at once."


def test_the_alarm_stands_in_a_box_of_its_own(printed: bytes) -> None:
    asked = strokes.find_words(printed, "Are you safe right now?")
    frames = [
        one
        for one in strokes.strokes(printed)
        if one.left < asked.left < asked.right < one.right
        and one.bottom < asked.bottom < asked.top < one.top
        and one.width < 100
    ]
    assert len(frames) == 1


def test_elsewhere_it_names_no_number_that_would_not_answer(tmp_path: Path) -> None:
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", 'postal_code = "98999"', 'postal_code = "98999"\ncountry = "IE"'),
    )
    job = plan_sheets(practice, papers=[Paper.A4], only=NAME)[0]
    lines = view_sheet(Commission(job, practice, TODAY, "en", None, None)).data["danger"]["lines"]
    assert lines == ["Call your local emergency number on another phone, and stay on the line."]


def test_a_group_has_one_for_all_and_no_one_s_examples(tmp_path: Path, prints: Print) -> None:
    practice = folders.group(tmp_path)
    (job,) = plan_sheets(practice, papers=[Paper.LETTER], only=NAME)
    assert job.clinician is None
    text = reading.text_of(prints(practice, NAME).bytes)
    assert "Then tell a clinician at once." in text
    assert "Panic attacks" not in text


def test_many_plans_are_looked_up_and_not_listed(tmp_path: Path, prints: Print) -> None:
    text = reading.text_of(prints(folders.hard(tmp_path), NAME, form_url=None).bytes)
    assert "look for it on our list" in text
    assert "Magellan" not in text
