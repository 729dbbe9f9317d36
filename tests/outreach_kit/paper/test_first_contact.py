"""The first-contact script: the practice's own facts to say, and room for the caller's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, SheetTooLong, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import Insurance, Payment
from tests.outreach_kit.paper import folders, reading, strokes
from tests.outreach_kit.paper.conftest import TODAY, Print

NAME = "first-contact-script"


@pytest.fixture(scope="module")
def printed(sample: Practice, prints: Print) -> bytes:
    return prints(sample, NAME).bytes


@pytest.fixture(scope="module")
def text(printed: bytes) -> str:
    return reading.text_of(printed)


def says(practice: Practice) -> list[list[str]]:
    job = plan_sheets(practice, papers=[Paper.LETTER], only=NAME)[0]
    data = view_sheet(Commission(job, practice, TODAY, "en", None, None)).data
    return [[one.replace("\ufffc", "___") for one in part["says"]] for part in data["parts"]]


def test_the_four_topics_follow_the_greeting_in_order(text: str) -> None:
    order = ("Hello", "Consultation", "Scheduling", "Cost and insurance", "Payment")
    places = [text.index(f"{topic} ") for topic in order]
    assert places == sorted(places)


def test_it_says_the_facts_that_the_desk_says(text: str) -> None:
    for words in (
        "A first call of 15 minutes is free", "takes 50 minutes", "within 10 days",
        "In network: Regence, Premera, Kaiser PPO.", "superbill", "$190", "$160", "$90",
        "credit or debit card or HSA or FSA card", "Card at the visit.", "24 hours",
        "good-faith estimate in writing is due within 1 business day",
    ):  # fmt: skip
        assert words in text


def test_what_is_only_known_on_the_day_is_left_to_be_written_in(sample: Practice) -> None:
    hello, _, scheduling, *_ = says(sample)
    assert hello[0] == "Hello, this is ___. Am I speaking with ___?"
    assert hello[1].startswith("___ asked me to call you.")
    assert scheduling[0] == "Nora Ellison has ___ openings, the first on ___."


def test_each_blank_is_a_rule_and_nothing_that_is_read_aloud(printed: bytes, text: str) -> None:
    assert "\ufffc" not in text
    assert "_" not in text
    gaps = [one for one in strokes.rules(printed) if one.width == pytest.approx(24, abs=0.5)]
    assert len(gaps) == 3 + 2 + 1  # greeting, openings, voicemail
    assert len(strokes.boxes_to_tick(printed)) == 6


def test_the_voicemail_reveals_nothing(text: str, sample: Practice) -> None:
    start = text.index("Voicemail, only if allowed")
    words = text[start : text.index("Not a word about", start)]
    assert "Please call me back at (360) 555-0142." in words
    for secret in (sample.name, "Nora", "therap", "counsel", "refer"):
        assert secret.casefold() not in words.casefold()


def test_it_says_what_to_do_when_somebody_is_not_safe(text: str) -> None:
    assert "Call 911 on another phone, and stay on the line." in text
    assert "call or text 988" in text


def test_what_the_facts_do_not_tell_is_not_invented(sample: Practice) -> None:
    update = {"payment": Payment(), "insurance": Insurance(), "fees": ()}
    bare = replace(sample, facts=sample.facts.model_copy(update=update))
    *_, cost, payment = says(bare)
    assert payment == []
    assert cost == ["Would you like to use insurance? Which plan do you have?"]


def test_each_of_a_group_has_their_own(tmp_path: Path) -> None:
    jobs = plan_sheets(folders.group(tmp_path), papers=[Paper.A4], only=NAME)
    assert [job.filename for job in jobs] == [
        "ben-osei-first-contact-script-a4.pdf",
        "nora-ellison-first-contact-script-a4.pdf",
    ]


def test_texts_that_no_page_holds_are_named(tmp_path: Path, prints: Print) -> None:
    long = "Please tell us in good time, so that somebody else can have the hour. " * 2
    practice = folders.sample_with(
        tmp_path,
        ("practice.toml", "Please give 24 hours’ notice if you cannot come.", long.strip()),
        ("practice.toml", "Card at the visit.", (long * 2)[:190]),
        ("practice.toml", "A call to see whether we fit. No forms beforehand.", (long * 2)[:190]),
        ("practice.toml", '["Regence", "Premera", "Kaiser PPO"]', str(folders.PLANS * 6)),
    )
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, NAME)
    assert {one.key for one in refused.value.problems} <= {
        "insurance.plans", "payment.due", "payment.cancellation", "booking.note",
    }  # fmt: skip
    assert "insurance.plans" in {one.key for one in refused.value.problems}
