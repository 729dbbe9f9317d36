from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from form_server.delivery.letters import letter_about
from form_server.delivery.messages import Composer
from form_server.delivery.wire import wire_bytes
from form_server.parcels import (
    DigestParcel,
    OpenPromise,
    Parcel,
    ReminderParcel,
    Told,
    parcel_from_bytes,
    parcel_to_bytes,
)
from tests.form_server.delivery.test_messages import Links, body, read
from tests.form_server.delivery.things import NOON, SENDER, THERAPIST, a_notice

PAUSE_URL = "https://refer.harborstreet.example/pause/abc"
REMINDER = ReminderParcel(
    practice_name="Harbor Street Counseling",
    receipt="calm river 42",
    received_at=NOON,
    promised_by=NOON + timedelta(hours=4),
    written_at=NOON + timedelta(hours=2, minutes=5),
    time_zone="America/Los_Angeles",
    desk_url="https://refer.harborstreet.example/desk/referrals/r000042",
    rung="remind",
    told=(Told("Nora Ellison", "email", NOON), Told("Nora Ellison", "push", None)),
    pause_url=PAUSE_URL,
)
DIGEST = DigestParcel(
    practice_name="Harbor Street Counseling",
    written_at=NOON,
    since=NOON - timedelta(days=1),
    time_zone="America/Los_Angeles",
    desk_url="https://refer.harborstreet.example/desk/",
    received=3,
    waiting=2,
    overdue=1,
    in_hand=4,
    open_promises=(OpenPromise("calm river 42", NOON),),
    retrying=0,
    unknown=0,
    stuck=1,
    chain_link=812,
    chain_hash="ab" * 32,
    last_drill="answered (amber falcon 7)",
)
COMPOSER = Composer(f"Harbor Street <{SENDER}>", "Nora Ellison <nora@harborstreet.example>")


def wire(parcel: Parcel) -> bytes:
    message = COMPOSER.compose(
        parcel, to=THERAPIST, message_id="<7@x.example>", created_at=NOON, whole=True
    )
    return wire_bytes(message)


def test_parcels_come_back_as_they_went() -> None:
    for parcel in (REMINDER, DIGEST, a_notice(pause_url=PAUSE_URL, is_drill=True)):
        assert parcel_from_bytes(parcel_to_bytes(parcel)) == parcel


def test_reminder_says_how_long_by_when_and_who_knows() -> None:
    message = read(wire(REMINDER))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "Nora Ellison <nora@harborstreet.example>"
    for part in ("plain", "html"):
        text = body(message, part)
        assert "Waiting for 2 hours 5 minutes" in text
        assert "Monday, November 23, 4 PM" in text
        assert "1 hour 55 minutes" in text
        assert "by e-mail, Mon, Nov 23, noon" in text
        assert "on the phone, not delivered yet" in text


def test_reminder_can_be_tapped_to_open_and_to_pause() -> None:
    page = Links(body(read(wire(REMINDER)), "html"))
    assert page.targets == [REMINDER.desk_url, PAUSE_URL]
    assert page.fetched == []
    assert PAUSE_URL in body(read(wire(REMINDER)), "plain")


def test_notice_gets_the_pause_as_its_second_button() -> None:
    page = Links(body(read(wire(a_notice(pause_url=PAUSE_URL))), "html"))
    assert page.targets[-2:] == [a_notice().desk_url, PAUSE_URL]
    assert PAUSE_URL not in body(read(wire(a_notice())), "html")


@pytest.mark.parametrize(
    ("rung", "begins"),
    [
        ("check", "New referral"),
        ("remind", "Reminder"),
        ("channel", "Still waiting"),
        ("person", "Still waiting"),
        ("broken", "Promise broken"),
        ("repeat", "Still no call"),
        ("drill", "DRILL"),
    ],
)
def test_subject_tells_how_urgent_it_is_and_no_more(rung: str, begins: str) -> None:
    parcel = replace(REMINDER, rung=rung, is_drill=rung == "drill")
    subject = letter_about(parcel, whole=False).subject
    assert subject.startswith(begins)
    assert "calm river 42" in subject


def test_paused_referral_says_that_the_pause_is_over() -> None:
    assert "the pause is over" in body(read(wire(replace(REMINDER, is_paused=True))), "plain")
    assert "the pause is over" not in body(read(wire(REMINDER)), "plain")


def test_broken_promise_has_no_time_left() -> None:
    late = replace(REMINDER, rung="broken", written_at=NOON + timedelta(hours=5))
    assert "Time left:      none" in body(read(wire(late)), "plain")


def test_drill_says_that_nobody_is_to_be_called() -> None:
    letter = letter_about(a_notice(is_drill=True), whole=False)
    assert letter.subject.startswith("DRILL")
    assert "no patient" in letter.remark


def test_digest_shows_counts_promises_trouble_and_the_head_of_the_record() -> None:
    message = read(wire(DIGEST))
    assert str(message["Subject"]).endswith("one promise is broken")
    for part in ("plain", "html"):
        text = body(message, part)
        for said in ("calm river 42", "Stuck", "ab" * 32, "812", "answered (amber falcon 7)"):
            assert said in text
        assert "Unknown" not in text


def test_digest_says_which_offices_to_see_and_what_runs_low() -> None:
    assert "Due a visit" not in body(read(wire(DIGEST)), "plain")
    offices = replace(
        DIGEST, visits_due=5, visits_forgotten=2, morning=("Lake Clinic", "Mill\r\nRoad"),
        stock_low=3, cards_due=4,
    )  # fmt: skip
    message = read(wire(offices))
    for part in ("plain", "html"):
        text = body(message, part)
        for words in ("5, 2 not seen for six months", "Lake Clinic, Mill Road", "Run low", "cards"):
            assert words in text, words
    assert message["Subject"] == read(wire(DIGEST))["Subject"], "names stay inside"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"overdue": 0, "stuck": 0, "waiting": 0}, "nobody waits"),
        ({"overdue": 0, "stuck": 0, "waiting": 1}, "one person waits"),
        ({"overdue": 0, "stuck": 2, "waiting": 1}, "2 messages need you"),
        ({"overdue": 3}, "3 promises are broken"),
    ],
)
def test_digest_leads_with_what_matters_most(changes: dict[str, int], said: str) -> None:
    letter = letter_about(replace(DIGEST, **changes), whole=False)
    assert letter.subject.endswith(said)
