"""A starter practice loads at once, and says which answer needs another look."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from outreach_kit.errors import UsageError
from outreach_kit.places import CHECKOUT
from outreach_kit.practice import load_practice
from outreach_kit.practice.leftovers import find_leftovers
from outreach_kit.publish.starter import make_slug, write_starter

TODAY = dt.date(2026, 11, 21)
ANSWERS = {
    "name": 'Büro "Quiet" \\ Room',
    "clinician": "Ana María López-Ñ",
    "credentials": "PhD, LMFT",
    "phone": "212-555-0177",
    "city": "Albany",
    "state": "ny",
    "zip": "12207",
}


def test_starter_loads_with_the_answers_given(tmp_path: Path) -> None:
    names = write_starter(tmp_path / "mine", ANSWERS, TODAY)
    practice = load_practice(tmp_path / "mine")
    assert practice.name == 'Büro "Quiet" \\ Room'
    assert practice.clinicians[0].slug == "ana-maria-lopez-n"
    assert practice.clinicians[0].name_and_credentials == "Ana María López-Ñ, PhD, LMFT"
    assert practice.identity.time_zone == "America/New_York"
    assert practice.address.region == "NY"
    assert not list(find_leftovers(practice))
    assert {"schemas/practice.schema.json", "audiences.toml", "trainings.toml"} <= set(names)
    assert [one.slug for one in practice.audiences] == ["physicians"]
    assert practice.trainings == ()


def test_commented_examples_are_right_once_the_remark_signs_are_gone(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    write_starter(home, ANSWERS, TODAY)
    for name in ("audiences.toml", "trainings.toml", "resources.toml"):
        text = (home / name).read_text("utf-8")
        # An example begins at its [[table]] and ends at the next empty line.
        blocks = [
            re.sub(r"^# ", "", block, flags=re.MULTILINE) if block.startswith("# [[") else block
            for block in text.split("\n\n")
        ]
        (home / name).write_text("\n\n".join(blocks), encoding="utf-8")
    practice = load_practice(home)
    assert [one.slug for one in practice.audiences] == ["physicians", "schools", "congregations"]
    assert practice.clinicians[0].name in practice.clinicians[0].sentence_for(practice.audiences[1])
    assert [one.minutes for one in practice.trainings] == [(15, 45)]
    assert [one.slug for one in practice.lines] == ["county"]
    # A crisis line that nobody answers must not go online, so its made-up number stops a build.
    assert [one.file for one in find_leftovers(practice)] == ["resources.toml"]


def test_bad_answers_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_starter(tmp_path / "mine", {**ANSWERS, "phone": "x", "email": "y"}, TODAY)
    assert "contact.phone" in str(caught.value)
    assert "contact.email" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_missing_answers_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--phone, --city"):
        write_starter(tmp_path / "mine", {**ANSWERS, "phone": "", "city": " "}, TODAY)


def test_folder_in_use_and_the_checkout_are_refused(tmp_path: Path) -> None:
    (tmp_path / "taxes.txt").write_text("1")
    with pytest.raises(UsageError, match="not empty"):
        write_starter(tmp_path, ANSWERS, TODAY)
    with pytest.raises(UsageError, match="own folder"):
        write_starter(CHECKOUT / "mine", ANSWERS, TODAY)
    assert not (CHECKOUT / "mine").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Dr. O'Neil", "dr-o-neil"), ("李雷", "clinician"), ("É É", "e-e"), ("a" * 99, "a" * 60)],
)
def test_name_becomes_part_of_an_address(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def test_the_example_of_a_topic_becomes_one_under_the_name_of_a_reason(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    write_starter(home, ANSWERS, TODAY)
    practice = load_practice(home)
    assert practice.topics == ()
    reason = practice.reasons[0].slug
    (home / "topics/_example.md").rename(home / f"topics/{reason}.md")
    assert [one.slug for one in load_practice(home).topics] == [reason]
