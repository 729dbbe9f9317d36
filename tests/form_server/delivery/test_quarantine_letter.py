from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from msgspec import structs
from msgspec.structs import replace

from form_server.delivery.letters import letter_about
from form_server.parcels import QuarantineParcel, parcel_from_bytes, parcel_to_bytes

CAME = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
PARCEL = QuarantineParcel(
    practice_name="Harbor Street Counseling PLLC",
    count=3,
    new=2,
    oldest_at=CAME,
    promised_by=CAME + timedelta(hours=4),
    time_zone="America/Los_Angeles",
    desk_url="https://refer.harborstreet.example/desk/quarantine",
)


def test_it_says_how_many_since_when_and_until_when() -> None:
    letter = letter_about(PARCEL, whole=True)

    assert letter.subject == "3 referrals are kept aside: look by Mon, Nov 23, 2 PM"
    assert letter.button_url == PARCEL.desk_url
    assert [(fact.label, fact.value) for fact in letter.sections[0].facts] == [
        ("New", "2"),
        ("Oldest", "came in Monday, November 23, 10 AM"),
        ("Answer by", "Monday, November 23, 2 PM"),
    ]


@pytest.mark.parametrize("rung", ["", "remind", "person", "broken"])
def test_nobody_is_asked_to_look_by_a_moment_that_has_passed(
    rung: Literal["", "remind", "person", "broken"],
) -> None:
    letter = letter_about(replace(PARCEL, rung=rung, is_over=True), whole=True)

    assert letter.subject.endswith("kept aside: the first was to be answered by Mon, Nov 23, 2 PM")
    assert letter.sections[0].facts[-1].label == "Was due"


def test_one_alone_is_said_in_the_singular() -> None:
    one = QuarantineParcel(**{**structs.asdict(PARCEL), "count": 1, "new": 1})
    letter = letter_about(one, whole=True)

    assert letter.heading == "One referral is kept aside"
    assert "New" not in [fact.label for fact in letter.sections[0].facts]


@pytest.mark.parametrize(
    ("rung", "subject", "words"),
    [
        ("remind", "Reminder, 3 referrals are kept aside", "Nobody has said yet"),
        ("person", "Still waiting, 3 referrals are kept aside", "Nobody has said yet"),
        ("broken", "Still undecided, 3 referrals are kept aside", "has run out"),
    ],
)
def test_a_reminder_of_them_says_how_far_their_time_has_come(
    rung: Literal["remind", "person", "broken"], subject: str, words: str
) -> None:
    letter = letter_about(replace(PARCEL, rung=rung), whole=True)

    assert letter.subject.startswith(subject)
    assert words in letter.paragraphs[0]


def test_it_comes_out_of_its_row_as_it_went_in() -> None:
    assert parcel_from_bytes(parcel_to_bytes(PARCEL)) == PARCEL
