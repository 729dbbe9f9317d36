"""A notice of a question says that it came; the whole goes where the whole of a referral may."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from form_server.delivery.letter import Letter
from form_server.delivery.letters import letter_about
from form_server.parcels import (
    AcknowledgementParcel,
    NoticeParcel,
    QuestionParcel,
    parcel_from_bytes,
    parcel_to_bytes,
)

AT = datetime(2026, 11, 23, 19, 20, tzinfo=UTC)
BY = datetime(2026, 11, 23, 23, 20, tzinfo=UTC)


def a_notice(**changes: Any) -> NoticeParcel:
    said = {
        "practice_name": "Harbor Street Counseling",
        "receipt": "amber brook 42",
        "received_at": AT,
        "promised_by": BY,
        "time_zone": "America/Los_Angeles",
        "desk_url": "https://refer.harborstreet.example/desk/questions/q1",
        "office_name": "Alder Falls Family Medicine",
        "office_phone": "(360) 555-0177",
        "office_phone_uri": "tel:+13605550177",
        "what": "question",
    }
    return NoticeParcel(**{**said, **changes})


def the_whole(**changes: Any) -> QuestionParcel:
    return QuestionParcel(
        a_notice(**changes),
        referrer_name="Ana Ruiz",
        referrer_role="nurse",
        referrer_email="ana@alderfalls.example",
        question="Whom may I send you?\nMany here worry.",
        talk="Sleepless",
        talk_when="Tuesdays",
        talk_people="12",
        talk_place="Break room",
    )


def words_of(letter: Letter) -> str:
    return repr(asdict(letter))


@pytest.mark.parametrize(
    ("what", "subject", "heading"),
    [
        ("question", "New question amber brook 42: answer by Mon, Nov 23, 3:20 PM",
         "Alder Falls Family Medicine has a question for you"),
        ("talk", "New request for a talk amber brook 42: answer by Mon, Nov 23, 3:20 PM",
         "Alder Falls Family Medicine asks for a talk"),
    ],
)  # fmt: skip
def test_notice_says_who_and_by_when_and_nothing_of_what(
    what: str, subject: str, heading: str
) -> None:
    for parcel, whole in ((a_notice(what=what), False), (the_whole(what=what), False)):
        letter = letter_about(parcel, whole=whole)
        assert (letter.subject, letter.heading) == (subject, heading)
        assert "(360) 555-0177" in words_of(letter)
        for word in ("Whom may I", "Ana Ruiz", "Sleepless", "Break room", "ana@alderfalls"):
            assert word not in words_of(letter)


def test_the_whole_says_what_is_asked_and_keeps_it_out_of_the_subject() -> None:
    letter = letter_about(the_whole(), whole=True)
    assert letter.note == "Whom may I send you?\nMany here worry."
    for word in (
        "Ana Ruiz, nurse",
        "ana@alderfalls.example",
        "Sleepless",
        "Tuesdays",
        "Break room",
    ):
        assert word in words_of(letter)
    assert letter.subject.startswith("New question amber brook 42")


def test_whoever_has_it_in_hand_can_pause_the_reminders_from_the_mail() -> None:
    link = "https://refer.harborstreet.example/pause/x"
    for parcel, whole in ((a_notice(pause_url=link), False), (the_whole(pause_url=link), True)):
        letter = letter_about(parcel, whole=whole)
        assert letter.second_url == link
        assert letter.second_button == "I have it in hand: pause the reminders"
    assert letter_about(a_notice(), whole=False).second_button == ""


def test_a_parcel_that_waited_since_before_there_were_questions_is_about_a_referral() -> None:
    old = parcel_to_bytes(a_notice()).replace(b',"what":"question"', b"")
    notice = parcel_from_bytes(old)
    assert isinstance(notice, NoticeParcel)
    assert notice.what == "referral"
    assert parcel_from_bytes(parcel_to_bytes(the_whole())) == the_whole()


def _a_receipt() -> AcknowledgementParcel:
    return AcknowledgementParcel(
        practice_name="Harbor Street Counseling",
        practice_phone="(360) 555-0142",
        practice_phone_uri="tel:+13605550142",
        receipt="amber brook 42",
        received_at=AT,
        promised_by=BY,
        time_zone="America/Los_Angeles",
        status_url="https://refer.harborstreet.example/asked/x",
        what="talk",
    )


def test_the_askers_receipt_is_fixed_words_in_the_practices_language() -> None:
    parcel = _a_receipt()
    letter = letter_about(parcel, whole=False)
    assert letter.subject == "We have your question: amber brook 42"
    assert letter.heading == "Thank you for asking."
    assert "referral" not in words_of(letter)
    assert letter.button_url.endswith("/asked/x")
    assert "We answer by" in words_of(letter)
    spoken = [
        letter_about(structs.replace(parcel, language=tag), whole=False).language
        for tag in ("en", "es-MX", "ar")
    ]
    assert spoken == ["en", "es-MX", "en"]


def test_a_receipt_says_by_which_clock_it_promises() -> None:
    letter = letter_about(_a_receipt(), whole=False)
    assert letter.preview.endswith("(Pacific Time).")
    (by,) = [fact.value for part in letter.sections for fact in part.facts if "by" in fact.label]
    assert by.endswith("(Pacific Time)")
    in_spanish = structs.replace(_a_receipt(), language="es", time_zone="America/Denver")
    assert "hora de las Montañas Rocosas" in letter_about(in_spanish, whole=False).preview


def test_a_receipt_that_is_written_too_late_promises_nothing() -> None:
    parcel = structs.replace(_a_receipt(), what="question", is_late=True)
    letter = letter_about(parcel, whole=False)
    assert letter.preview == "Thank you for asking."
    assert "We answer by" not in words_of(letter)
    assert "Came in" in words_of(letter)
