from __future__ import annotations

import json
from typing import Any

import pytest

from form_server.desk.referral.contact import TAPS, Contact, describe_try, plan_contact, tap_named
from form_server.desk.referral.said import read_said
from form_server.ledger import AttemptMeans, AttemptResult
from tests.form_server.desk.stage import SAID


def contact(caller: str = "Nora Ellison, LICSW", **changes: Any) -> Contact:
    said = read_said(json.dumps({**SAID, **changes}).encode())
    return plan_contact(said, caller=caller, callback="(360) 555-0142")


@pytest.mark.parametrize(
    ("caller", "changes", "greeting"),
    [
        ("Nora Ellison, LICSW", {}, "Hello, this is Nora Ellison, calling for Maria."),
        ("Sam", {"guardian_name": "Rosa Delgado"}, "Hello, this is Sam, calling for Rosa."),
        ("Sam", {"patient_name": ""}, "Hello, this is Sam."),
    ],
)
def test_the_script_holds_two_names_and_a_number(
    caller: str, changes: dict[str, Any], greeting: str
) -> None:
    (voicemail,) = contact(caller, **{"language": "", **changes}).voicemails

    assert (voicemail.greeting, voicemail.callback) == (greeting, "(360) 555-0142")


@pytest.mark.parametrize("language", ["Spanish", "español", "es"])
def test_who_speaks_spanish_can_be_left_words_in_it_as_well(language: str) -> None:
    english, spanish = contact(language=language).voicemails

    assert english.greeting == "Hello, this is Nora Ellison, calling for Maria."
    assert spanish.language == "es"
    assert spanish.greeting == "Hola, le habla Nora Ellison. Llamo para hablar con Maria."
    assert "LICSW" not in f"{english} {spanish}"
    assert [one.language for one in contact(language="Polish").voicemails] == ["en"]
    assert contact(language=language, voicemail_ok=None).voicemails == ()


def test_each_permission_opens_its_own_ways_only() -> None:
    no = contact(voicemail_ok=None, text_ok=None)
    assert (no.voicemails, no.sms, no.mailto) == ((), "", "")
    assert [tap.value for tap in no.taps] == ["reached", "no-answer", "wrong-number"]

    text = contact(voicemail_ok=None, text_ok=True)
    assert (text.voicemails, text.sms) == ((), "sms:+13605550188")
    assert [one.label for one in text.permissions] == ["No voicemail", "Text", "No e-mail"]


def test_every_tap_has_a_name_and_words_of_its_own() -> None:
    assert len(TAPS) == 6
    for tap in TAPS:
        assert tap_named(tap.value) is tap
        assert describe_try(tap.means, tap.result) == tap.word


def test_a_try_that_no_button_makes_is_described_all_the_same() -> None:
    assert describe_try(AttemptMeans.OTHER, AttemptResult.LEFT_MESSAGE) == "other: left message"
