from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.desk.referral.said import Said, read_said
from tests.form_server.desk.stage import SAID


def said(**changes: Any) -> Said:
    return read_said(json.dumps({**SAID, **changes}).encode())


def test_the_offices_own_address_for_a_number_is_used() -> None:
    number = said(
        patient_phone="(360) 555-0188 ask for Ana", patient_phone_uri="tel:+13605550188;ext=7"
    )

    assert number.patient_phone.typed == "(360) 555-0188 ask for Ana"
    assert number.patient_phone.tel == "tel:+13605550188;ext=7"
    assert number.patient_phone.sms == "sms:+13605550188"


@pytest.mark.parametrize(
    "uri", ["", "javascript:alert(1)", "tel:+1360<b>", "tel:", None, 7, ["tel:+1"]]
)
def test_a_number_without_an_address_is_read_from_its_text(uri: object) -> None:
    assert said(patient_phone_uri=uri).patient_phone.tel == "tel:+13605550188"


def test_a_number_nobody_can_dial_is_shown_and_not_linked() -> None:
    phone = said(patient_phone="ask the school", patient_phone_uri="").patient_phone

    assert (phone.typed, phone.tel, phone.sms) == ("ask the school", "", "")


@pytest.mark.parametrize(
    "email",
    ["", "no address", "a@b?bcc=c@d", "a@b,c@d", "a@b\r\nBcc: c@d", "<a@b>", "a%40b@c", "a@b&c"],
)
def test_an_email_that_could_carry_more_than_an_address_counts_as_not_said(email: str) -> None:
    assert said(patient_email=email).patient_email == ""


def test_labels_stand_for_reasons_and_reasons_for_missing_labels() -> None:
    assert said().reasons == ("Panic attacks (heart checked)",)
    assert said(reason_labels=None, reasons=["panic", "sleep"]).reasons == ("panic", "sleep")


@pytest.mark.parametrize("value", [None, False, "true", 1, [True], {"a": True}])
def test_a_permission_is_a_plain_true_or_a_no(value: object) -> None:
    assert not said(voicemail_ok=value).voicemail_ok


def test_marks_that_turn_the_reading_order_around_are_dropped() -> None:
    assert said(patient_phone="\u202e8810-555\u202c", patient_name="A\u2066B").patient_name == "AB"


def test_a_note_keeps_its_lines_and_a_name_has_one() -> None:
    both = said(note="one\ntwo\x00\x07three", patient_name=" Maria\n Delgado ")

    assert both.note == "one\ntwo  three"
    assert (both.patient_name, both.first_name) == ("Maria Delgado", "Maria")


def test_what_has_no_place_of_its_own_is_kept() -> None:
    assert said(first_call="9 AM", empty="", also=["not", "text"]).extras == (
        ("first_call", "9 AM"),
    )


@pytest.mark.parametrize(
    "plaintext", [b"", b"[]", b'"x"', b"null", b"\xff\xfe", b"{", b"[" * 100_000]
)
def test_what_is_no_referral_is_refused(plaintext: bytes) -> None:
    with pytest.raises(ValueError):
        read_said(plaintext)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*SAID, "patient_email", "extra"]) | st.text(), VALUES))
def test_no_object_of_any_shape_breaks_a_page(fields: dict[str, Any]) -> None:
    read = read_said(json.dumps(fields).encode())

    for text in (
        read.patient_name,
        read.note,
        *read.reasons,
        *(part for pair in read.extras for part in pair),
    ):
        assert isinstance(text, str)
        text.encode("utf-8")
    assert read.patient_phone.tel == "" or read.patient_phone.tel.startswith("tel:")
