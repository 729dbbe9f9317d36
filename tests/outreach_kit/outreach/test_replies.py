from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from outreach_kit.outreach.replies import (
    Form,
    PatientReply,
    SourceReply,
    reply_subject,
    write_to_patient,
    write_to_source,
)
from outreach_kit.outreach.reply_words import Ending, language_of
from outreach_kit.outreach.telling import Telling
from outreach_kit.web.language import words_in
from outreach_kit.web.standing import ReferralStanding, say_standing

_LANGUAGES = ("en", "es")
_PATIENT = PatientReply(
    ending=Ending.SCHEDULED,
    name="Maria",
    caller="Nora Ellison",
    phone="(360) 555-0142",
    starts_at=dt.datetime(2026, 11, 24, 9, 30),  # noqa: DTZ001 - on the practice's clock
    colleagues=("Ana Ruiz", "Ben Ito"),
)
_SOURCE = SourceReply(
    ending=Ending.SCHEDULED,
    telling=Telling.OUTCOME,
    addressee="Dana Whitfield",
    receipt="calm river 12",
    received_on=dt.date(2026, 11, 16),
    signed=("Nora Ellison, LICSW", "Harbor Street Counseling", "(360) 555-0142"),
    starts_on=dt.date(2026, 11, 24),
    colleagues=("Ana Ruiz",),
    niche="Adults whose anxiety shows up in the body.",
)
# What would tell whoever else reads a note what kind of call this is.
_REVEALING = re.compile(
    r"therap|counsel|session|anxi|mental|clinic|referr|doctor|LICSW|terap|consej|psic|médic", re.I
)


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("form", [Form.NOTE, Form.MAIL])
@pytest.mark.parametrize("ending", list(Ending))
def test_a_note_to_the_patient_reveals_nothing_to_who_reads_over_a_shoulder(
    ending: Ending, form: Form, language: str
) -> None:
    note = write_to_patient(replace(_PATIENT, ending=ending), form, language)

    assert "Maria" in note
    assert "(360) 555-0142" in note
    assert not _REVEALING.search(note)
    assert not re.search(r"[{}]", note)


def test_a_note_says_when_in_the_language_it_is_written_in() -> None:
    assert write_to_patient(_PATIENT, Form.NOTE, "en") == (
        "Hello Maria, this is Nora Ellison. We meet on Tuesday, November 24 at 9:30 AM. To change "
        "it, call me at (360) 555-0142."
    )
    assert "Nos vemos el martes 24 de noviembre a las 9:30 de la mañana." in write_to_patient(
        _PATIENT, Form.NOTE, "es"
    )


def test_without_an_appointment_no_time_is_made_up() -> None:
    note = write_to_patient(replace(_PATIENT, starts_at=None), Form.NOTE, "en")

    assert "glad that we found a time" in note
    assert "November" not in note


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_script_for_who_is_not_taken_names_colleagues_and_the_crisis_lines(language: str) -> None:
    script = write_to_patient(replace(_PATIENT, ending=Ending.REDIRECTED), Form.SPOKEN, language)

    assert "Ana Ruiz" in script
    assert "Ben Ito" in script
    assert "911" in script
    assert "988" in script


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("ending", list(Ending))
def test_a_source_without_consent_reads_the_same_whatever_happened(
    ending: Ending, language: str
) -> None:
    told = replace(_SOURCE, telling=Telling.THANKS)

    letter = write_to_source(replace(told, ending=ending), language)

    assert letter == write_to_source(replace(told, ending=Ending.SCHEDULED), language)
    assert "24" not in letter
    assert "Ana Ruiz" not in letter


@pytest.mark.parametrize("language", _LANGUAGES)
def test_each_ending_is_told_apart_to_who_may_know(language: str) -> None:
    letters = {write_to_source(replace(_SOURCE, ending=one), language) for one in Ending}

    assert len(letters) == len(Ending)
    for letter in letters:
        assert "Dana Whitfield" in letter
        assert "calm river 12" in letter
        assert "Maria" not in letter
        assert not re.search(r"[{}]", letter)


def test_the_patient_is_named_in_a_letter_for_the_chart_alone() -> None:
    letter = write_to_source(replace(_SOURCE, patient="Maria Delgado"), "en")
    thanks = replace(_SOURCE, patient="Maria Delgado", telling=Telling.THANKS)

    assert "About: Maria Delgado" in letter
    assert "Maria" not in write_to_source(thanks, "en")


def test_who_does_not_treat_has_no_patient() -> None:
    letter = write_to_source(replace(_SOURCE, treats=False), "en")

    assert "The person you sent has an appointment with us on Tuesday, November 24." in letter
    assert "patient" not in letter


def test_a_refer_out_says_the_niche_again_and_names_colleagues() -> None:
    letter = write_to_source(replace(_SOURCE, ending=Ending.REDIRECTED), "en")

    assert "we suggest Ana Ruiz" in letter
    assert "For the next one: Adults whose anxiety" in letter


def test_who_may_be_told_nothing_gets_no_draft() -> None:
    assert write_to_source(replace(_SOURCE, telling=Telling.NOTHING), "en") == ""


def test_the_subject_holds_the_practice_and_nothing_else() -> None:
    assert reply_subject("Harbor Street", "en") == "A reply from Harbor Street"
    assert reply_subject("Harbor Street", "es") == "Una respuesta de Harbor Street"


@pytest.mark.parametrize(
    ("said", "language"),
    [("Spanish", "es"), ("ESPAÑOL", "es"), ("es", "es"), ("", "en"), ("Estonian", "en")],
)
def test_a_language_is_read_as_it_was_typed(said: str, language: str) -> None:
    assert language_of(said) == language


@pytest.mark.parametrize(
    "ending", [Ending.SCHEDULED, Ending.ATTENDED, Ending.REDIRECTED, Ending.UNREACHABLE]
)
def test_a_letter_says_what_the_status_page_says(ending: Ending) -> None:
    _, sentence = say_standing(ReferralStanding(ending.value), words_in("en"), "")
    plain = replace(_SOURCE, ending=ending, starts_on=None, colleagues=(), niche="")

    assert sentence in write_to_source(plain, "en")
