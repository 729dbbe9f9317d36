from __future__ import annotations

import email
import email.policy
import html
from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from flask_mail import Message
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from form_server.delivery.messages import Composer
from form_server.delivery.wire import bare_address, wire_bytes
from form_server.parcels import FullParcel, Parcel, parcel_from_bytes, parcel_to_bytes
from tests.form_server.delivery.things import (
    NOON,
    SENDER,
    THERAPIST,
    a_full_parcel,
    a_notice,
)

PATIENT_WORDS = ["Quarles", "555-0111", "Panic", "Insomnia", "middle name", "Whitfield"]
COMPOSER = Composer(f"Harbor Street <{SENDER}>", "Nora Ellison <nora@harborstreet.example>")


def wire(parcel: Parcel, *, whole: bool = False, message_id: str = "<7@x.example>") -> bytes:
    message = COMPOSER.compose(
        parcel, to=THERAPIST, message_id=message_id, created_at=NOON, whole=whole
    )
    return wire_bytes(message)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not message.defects
    return message


def body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


class Links(HTMLParser):
    """What a reader can tap, and what a page would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a":
            self.targets.append(values.get("href") or "")
        elif tag in {"img", "link", "script", "iframe"} or "src" in values:
            self.fetched.append(tag)


def test_notice_says_who_called_and_by_when_to_answer() -> None:
    message = read(wire(a_notice()))
    for part in ("plain", "html"):
        text = body(message, part)
        assert "Alder Falls Family Medicine" in text
        assert "(360) 555-0188" in text
        assert "Monday, November 23, 11:05 AM" in text
        assert "Monday, November 23, 2 PM" in text
        assert "Harbor Street Counseling" in text
        assert "https://refer.harborstreet.example/desk/referrals/r000042" in text


def test_notice_can_be_tapped_to_call_and_to_open_and_fetches_nothing() -> None:
    page = Links(body(read(wire(a_notice())), "html"))
    assert page.targets == [
        "tel:+1-360-555-0188",
        "https://refer.harborstreet.example/desk/referrals/r000042",
    ]
    assert page.fetched == []


def test_subject_names_neither_office_nor_patient() -> None:
    for raw in (wire(a_notice()), wire(a_full_parcel(), whole=True)):
        subject = str(read(raw)["Subject"])
        assert subject == "New referral calm river 42: answer by Mon, Nov 23, 2 PM"


def test_notice_in_place_of_a_whole_referral_tells_nothing_of_the_patient() -> None:
    raw = wire(a_full_parcel(), whole=False)
    text = body(read(raw), "plain") + body(read(raw), "html")
    assert "Alder Falls Family Medicine" in text
    assert not [word for word in PATIENT_WORDS if word in text]


def test_whole_referral_tells_all_of_it() -> None:
    message = read(wire(a_full_parcel(), whole=True))
    for part in ("plain", "html"):
        text = body(message, part)
        assert not [word for word in PATIENT_WORDS if word not in text]
        assert "yes, leave one" in text
        assert "tel:+1-360-555-0111" in text or part == "plain"


def test_permission_that_was_not_given_is_a_no() -> None:
    parcel = replace(a_full_parcel(), voicemail_ok=False)
    assert "no, leave none" in body(read(wire(parcel, whole=True)), "plain")


def test_what_was_not_said_takes_no_line() -> None:
    text = body(read(wire(a_full_parcel(), whole=True)), "plain")
    assert "Guardian" not in text
    assert "Their fax" not in text


def test_person_who_writes_on_their_own_behalf_stays_unnamed() -> None:
    parcel = a_notice(office_name="", office_phone="", office_phone_uri="")
    text = body(read(wire(parcel)), "plain")
    assert text.startswith("Someone was given your name")
    assert "callback" not in text


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "noon"), (12, "midnight"), (1, "1 PM"), (-0.5, "11:30 AM"), (12.25, "12:15 AM")],
)
def test_times_are_said_as_people_say_them(hours: float, said: str) -> None:
    parcel = a_notice(promised_by=NOON + timedelta(hours=hours))
    assert f", {said}\n" in body(read(wire(parcel)), "plain")


def test_times_are_the_practices_own() -> None:
    text = body(read(wire(a_notice(time_zone="Asia/Kolkata"))), "plain")
    assert "Tuesday, November 24, 3:30 AM" in text


def test_headers_identify_the_row_and_ask_for_no_answer_by_machine() -> None:
    message = read(wire(a_notice(), message_id="7.notice@x.example"))
    assert message["Message-ID"] == "<7.notice@x.example>"
    assert message["Date"].datetime == NOON
    assert message["From"] == f"Harbor Street <{SENDER}>"
    assert message["To"] == THERAPIST
    assert message["Reply-To"] == "Nora Ellison <nora@harborstreet.example>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_bytes_are_the_same_at_every_attempt_and_in_every_process() -> None:
    first = wire(a_notice())
    parcel = parcel_from_bytes(parcel_to_bytes(a_notice()))
    other = Composer(f"Harbor Street <{SENDER}>", "Nora Ellison <nora@harborstreet.example>")
    again = other.compose(
        parcel, to=THERAPIST, message_id="<7@x.example>", created_at=NOON, whole=False
    )
    assert wire_bytes(again) == first
    assert wire(a_notice(), message_id="<8@x.example>") != first


def test_one_mail_leaves_nothing_behind_in_another() -> None:
    def compose(parcel: Parcel) -> Message:
        return COMPOSER.compose(
            parcel, to=THERAPIST, message_id="<7@x>", created_at=NOON, whole=True
        )

    whole, notice = compose(a_full_parcel()), compose(a_notice())
    assert "Quarles" not in str(notice.html)
    assert "Quarles" in str(whole.html)


@pytest.mark.parametrize("words", range(10, 40))
def test_subject_of_any_length_begins_with_its_first_word(words: int) -> None:
    message = COMPOSER.compose(
        a_notice(), to=THERAPIST, message_id="<7@x>", created_at=NOON, whole=False
    )
    message.subject = " ".join(["Still", *["no"] * words, "call"])
    raw = wire_bytes(message)
    assert read(raw)["Subject"] == message.subject
    assert max(map(len, raw.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


@pytest.mark.parametrize("subject", ["a\r\nBcc: evil@x.example", "a\nX: 1", "a\rX: 1"])
def test_line_break_in_a_header_is_refused(subject: str) -> None:
    message = COMPOSER.compose(
        a_notice(), to=THERAPIST, message_id="<7@x>", created_at=NOON, whole=False
    )
    message.subject = subject
    with pytest.raises(ValueError, match="linefeed"):
        wire_bytes(message)


@pytest.mark.parametrize(
    "address", ["nora@x.example\r\nBcc: evil@x.example", "nora@x.example\nX: 1"]
)
def test_line_break_in_an_address_makes_no_header(address: str) -> None:
    message = COMPOSER.compose(
        a_notice(), to=address, message_id="<7@x>", created_at=NOON, whole=False
    )
    try:
        raw = wire_bytes(message)
    except ValueError:
        return
    read_back = read(raw)
    assert read_back["Bcc"] is None
    assert read_back["X"] is None


def test_address_of_another_script_is_written_in_ascii() -> None:
    assert bare_address("nora@bücher.example") == "nora@xn--bcher-kva.example"


def test_what_a_letter_does_not_have_is_refused() -> None:
    message = COMPOSER.compose(
        a_notice(), to=THERAPIST, message_id="<7@x>", created_at=NOON, whole=False
    )
    message.bcc = ["other@x.example"]
    with pytest.raises(ValueError, match="nothing else"):
        wire_bytes(message)


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(office=TEXT, patient=TEXT, note=TEXT, receipt=TEXT)
def test_no_text_breaks_out_of_its_place(
    office: str, patient: str, note: str, receipt: str
) -> None:
    notice = a_notice(office_name=f"O{office}", receipt=receipt)
    parcel: FullParcel = replace(a_full_parcel(), notice=notice, patient_name=patient, note=note)
    raw = wire(parcel, whole=True)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    message = read(raw)
    assert message.keys() == read(wire(a_full_parcel(), whole=True)).keys()
    page = body(message, "html")
    targets = Links(page).targets
    assert targets == Links(body(read(wire(a_full_parcel(), whole=True)), "html")).targets
    words = office.split()
    if words and words[0].isalnum():
        assert html.escape(words[0]) in page


def test_text_cannot_turn_the_reading_order_around() -> None:
    parcel = a_notice(office_name="Clinic \u202e8810-555\u202c", office_phone="\u2067(360)\u2069")
    raw = body(read(wire(parcel)), "plain")
    assert not set(raw) & set("\u202e\u202c\u2067\u2069")
