"""The practice as it stands now: the folder, and over it what was set at the desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from form_server.current_practice import HOURS, PROMISE, CurrentPractice, lay_over
from form_server.ledger import Ledger
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice

FRIDAYS = json.dumps({"friday": "10:00-14:00", "holidays": "none", "closed_on": ["2026-12-24"]})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        ledger.migrate()
        yield ledger


class Seconds:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_it_follows_within_a_second_and_is_the_same_object_until_then(ledger: Ledger) -> None:
    seconds = Seconds()
    current = CurrentPractice(load_practice(SAMPLE_PRACTICE), ledger, seconds)
    assert current() is current.folder

    ledger.desk_settings.put(PROMISE, '{"working_hours": 2}', actor="test")
    assert current() is current.folder  # asked a moment ago
    seconds.now_s += 1.0
    changed = current()

    assert changed.promise.working_hours == 2
    assert changed.hours == current.folder.hours
    seconds.now_s += 1.0
    assert current() is changed


def test_the_folder_has_the_word_again_when_the_setting_is_taken_back(ledger: Ledger) -> None:
    current = CurrentPractice(load_practice(SAMPLE_PRACTICE), ledger)
    ledger.desk_settings.put(HOURS, FRIDAYS, actor="test")
    assert current().hours.closed_on == (date(2026, 12, 24),)
    assert current().hours.monday == ()

    ledger.desk_settings.put(HOURS, None, actor="test")
    current.forget()

    assert current().hours == current.folder.hours


def test_a_setting_that_is_not_understood_leaves_the_folders(
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = load_practice(SAMPLE_PRACTICE)

    found = lay_over(folder, {HOURS: '{"funday": "9:00-17:00"}', PROMISE: "{"})

    assert found.hours == folder.hours
    assert found.promise == folder.promise
    assert "hours" in caplog.text


def test_a_ledger_that_cannot_be_read_changes_nothing(ledger: Ledger) -> None:
    ledger.desk_settings.put(HOURS, FRIDAYS, actor="test")
    seconds = Seconds()
    current = CurrentPractice(load_practice(SAMPLE_PRACTICE), ledger, seconds)
    known = current()
    ledger.close()
    seconds.now_s += 5.0

    assert current() is known
