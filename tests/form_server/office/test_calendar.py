"""A user's calendar feed, read line by line by RFC 5545, and by a library of others."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from form_server.admitting import hash_of_token, write_token
from form_server.ledger import NewVisit, SourceFacts, VisitWay
from form_server.office.calendar import MOST_GUESSED, MOST_READ
from tests.form_server.office.house import ENOUGH, House

TOKEN = bytes(range(16))
FEED = f"/calendar/{write_token(TOKEN)}.ics"


def read(calendar: bytes) -> list[dict[str, str]]:
    """Its events, each property without parameters; refuses what a strict reader refuses."""
    assert calendar.endswith(b"\r\n")
    assert b"\n" not in calendar.replace(b"\r\n", b"")
    lines = calendar.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in calendar.decode().split("\r\n"))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            bare = name.partition(";")[0]
            assert bare not in events[-1], "each once"
            events[-1][bare] = value
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event) for event in events)
    _compare(calendar, events)
    return events


def _compare(calendar: bytes, events: list[dict[str, str]]) -> None:
    """Another reader's events are the same, and it complains of none."""
    read_by_others: Any = icalendar.Calendar.from_ical(calendar)
    found = read_by_others.walk("VEVENT")
    assert not [one.errors for one in found if one.errors]
    assert [(str(one["UID"]), f"{one['DTSTART'].dt:%Y%m%d}") for one in found] == [
        (one["UID"], one["DTSTART"]) for one in events
    ]


@pytest.fixture
def feed(house: House) -> House:
    """With an address, and an office that was seen 100 days ago."""
    ledger = house.ledger
    ledger.calendar_links.put(user_of(house), hash_of_token(TOKEN), actor="test")
    ledger.address_book.add("k7m2xq", SourceFacts("Lake; Clinic, Ñ"), actor="test")
    visit(house, date(2026, 8, 15))
    return house


def user_of(house: House) -> str:
    (user,) = house.ledger.people.users()
    return user.id


def visit(house: House, on: date) -> None:
    new = NewVisit(house.ledger.new_id(), "k7m2xq", VisitWay.VISIT, on)
    house.ledger.visits.log(new, actor="test")


def test_what_is_late_stands_on_today_and_moves_under_the_same_name(feed: House) -> None:
    answer = feed.client.get(FEED)
    assert answer.content_type == "text/calendar; charset=utf-8"
    late = {one["SUMMARY"]: one for one in read(answer.data)}[r"Visit Lake\; Clinic\, Ñ"]
    assert late["DTSTART"] == "20261123"

    visit(feed, date(2026, 11, 23))
    moved = {one["SUMMARY"]: one for one in read(feed.client.get(FEED).data)}[late["SUMMARY"]]
    assert moved["DTSTART"] == "20270221"
    assert moved["UID"] == late["UID"]
    assert moved["URL"].endswith("/desk/outreach")


def test_nothing_of_a_referral_changes_it(feed: House) -> None:
    before = feed.client.get(FEED).data
    sent = feed.client.post("/referrals", data={**ENOUGH, "source": "k7m2xq"})
    assert sent.status_code == 303
    assert feed.client.get(FEED).data == before


def test_an_unchanged_calendar_is_not_sent_again_and_sets_no_cookie(feed: House) -> None:
    first = feed.client.get(FEED)
    assert "Set-Cookie" not in first.headers
    assert "private" in first.headers["Cache-Control"]
    feed.clock.pass_by(timedelta(hours=3))
    again = feed.client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    visit(feed, date(2026, 11, 23))
    changed = feed.client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_an_address_that_is_nobodys_or_was_taken_back_is_not_there(feed: House) -> None:
    other = base64.urlsafe_b64encode(bytes(16)).decode().rstrip("=")
    for path in (f"/calendar/{other}.ics", "/calendar/short.ics", "/calendar/%FF.ics"):
        assert feed.client.get(path).status_code == 404, path
    feed.ledger.calendar_links.remove(user_of(feed), actor="test")
    assert feed.client.get(FEED).status_code == 404


def test_who_asks_all_the_time_waits_and_others_do_not(feed: House) -> None:
    answers = [feed.client.get(FEED).status_code for _ in range(MOST_READ + 1)]
    assert answers == [200] * MOST_READ + [429]
    assert 0 < int(feed.client.get(FEED).headers["Retry-After"]) <= 3600
    feed.clock.pass_by(timedelta(hours=2))
    assert feed.client.get(FEED).status_code == 200


def test_guessing_is_slowed_down(feed: House) -> None:
    for _ in range(MOST_GUESSED):
        assert feed.client.get("/calendar/x.ics").status_code == 404
    assert feed.client.get("/calendar/x.ics").status_code == 429
    assert feed.client.get(FEED).status_code == 200
