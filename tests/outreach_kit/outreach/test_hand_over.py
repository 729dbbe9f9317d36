from __future__ import annotations

import pytest

from outreach_kit.outreach.hand_over import Named, ask_colleague, tell_patient

IRIS = Named(
    "Iris Okafor, PhD", "North Fork Recovery", "(360) 555-0161", "https://northfork.example"
)
OMAR = Named("Omar Haddad")


def test_patient_hears_names_numbers_and_that_the_search_goes_on() -> None:
    text = tell_patient(
        [IRIS, OMAR], first_name="Maria", signed_by="Nora Ellison", phone="(360) 555-0142"
    )
    assert text.startswith("Hello Maria,\n\n")
    assert (
        "- Iris Okafor, PhD (North Fork Recovery), (360) 555-0161, https://northfork.example\n"
        "- Omar Haddad\n" in text
    )
    assert "call me at (360) 555-0142" in text
    assert "call more than one" in text
    assert text.endswith("Kind regards,\nNora Ellison")


def test_spanish_however_the_language_was_written() -> None:
    text = tell_patient(
        [IRIS], first_name="", signed_by="Nora", phone="1", language="Español (México)"
    )
    assert text.startswith("Hola:\n\nGracias")
    assert "llamar a más de una" not in text


def test_a_language_without_words_is_said_in_english() -> None:
    assert "Hello" in tell_patient([IRIS], first_name="", signed_by="N", phone="1", language="vi")


def test_nobody_is_recommended_by_no_name() -> None:
    with pytest.raises(ValueError, match="nobody"):
        tell_patient([], first_name="", signed_by="N", phone="1")


def test_a_colleague_is_asked_without_a_word_about_the_patient() -> None:
    asking = ask_colleague(
        "Iris Okafor", caller="Nora Ellison", practice="Harbor Street", phone="(360) 555-0142"
    )
    assert asking.says[0] == "Hello Iris, this is Nora Ellison at Harbor Street."
    assert "somebody I would like to send you" in asking.body
    assert "(360) 555-0142" in asking.body
    assert "by e-mail" in asking.body
