from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from form_server.clockwork import announcement_row
from form_server.ledger import Channel, DeliveryKind, NewReferral
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.promise import WorkingCalendar

ZONE = ZoneInfo("America/Los_Angeles")
PRACTICE = load_practice(SAMPLE_PRACTICE)
CALENDAR = WorkingCalendar(PRACTICE.hours, PRACTICE.time_zone)
MONDAY_10 = dt.datetime(2026, 11, 23, 10, 0, tzinfo=ZONE).astimezone(dt.UTC)
REFERRAL = NewReferral(
    id="r1",
    receipt="calm river 1",
    status_hash=b"",
    kind="office",
    received_at=MONDAY_10,
    promised_by=MONDAY_10 + dt.timedelta(hours=4),
    source=None,
    clinician=None,
    inbox_id="inbox-1",
    key_version=1,
    envelope=b"",
)


@pytest.mark.parametrize(
    ("promised_in", "announced_in"),
    [
        (dt.timedelta(hours=4), dt.timedelta(hours=1)),
        (dt.timedelta(hours=8), dt.timedelta(hours=1)),
        (dt.timedelta(hours=1), dt.timedelta(minutes=15)),  # the reminder comes after 30
        (dt.timedelta(minutes=20), dt.timedelta(minutes=5)),
        (dt.timedelta(), dt.timedelta()),
    ],
)
def test_it_is_due_within_the_hour_and_well_before_the_first_reminder(
    promised_in: dt.timedelta, announced_in: dt.timedelta
) -> None:
    referral = replace(REFERRAL, promised_by=MONDAY_10 + promised_in)

    row = announcement_row("d1", referral, CALENDAR)

    assert row.due_at - MONDAY_10 == announced_in


def test_at_night_it_is_due_within_the_hour_too() -> None:
    """By mail, which wakes nobody; whoever looks in the evening can still call."""
    evening = MONDAY_10 + dt.timedelta(hours=11)
    referral = replace(REFERRAL, received_at=evening, promised_by=evening + dt.timedelta(hours=16))

    assert announcement_row("d1", referral, CALENDAR).due_at - evening == dt.timedelta(hours=1)


def test_it_sends_nothing_itself_and_belongs_to_the_inbox() -> None:
    row = announcement_row("d1", REFERRAL, CALENDAR)

    assert (row.kind, row.channel) == (DeliveryKind.QUARANTINE, Channel.NONE)
    assert (row.address, row.referral_id) == ("inbox-1", None)
