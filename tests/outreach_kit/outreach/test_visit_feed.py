from __future__ import annotations

import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.gifts import Occasion, Suggestion
from outreach_kit.outreach.icalendar import DayEvent, escape_text, fold_line, render_calendar
from outreach_kit.outreach.nearness import Place
from outreach_kit.outreach.visit_feed import event_uid, occasion_events, thanks_event, visit_events
from outreach_kit.outreach.week import Stop

NOW = dt.datetime(2026, 11, 16, 17, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 16)
URL = "https://refer.harborstreet.example/desk/sources"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def stop(code: str, days: int = 0) -> Stop:
    return Stop(code, "Mill Road; Family, Medicine", Place(), DAY + dt.timedelta(days=days))


def read_calendar(raw: bytes) -> list[dict[str, str]]:
    """Events by RFC 5545's own grammar: unfold, split at the first colon, unescape."""
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            name, _, value = line.partition(":")
            events[-1][name] = unescape(value)
    return events


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_a_visit_is_a_whole_day_with_the_offices_name() -> None:
    raw = render_calendar("Visits", visit_events([stop("k7", 3)], "here", URL, DAY), NOW)
    (event,) = read_calendar(raw)
    assert event["SUMMARY"] == "Visit Mill Road; Family, Medicine"
    assert event["DTSTART;VALUE=DATE"] == "20261119"
    assert event["DTEND;VALUE=DATE"] == "20261120"
    assert event["DTSTAMP"] == "20261116T170000Z"
    assert event["URL"] == URL


def test_a_visit_that_moves_keeps_its_name_and_no_two_share_one() -> None:
    before, after, other = (
        visit_events([one], "here", URL, DAY)[0] for one in (stop("k7"), stop("k7", 90), stop("q4"))
    )
    assert before.uid == after.uid != other.uid
    assert before.on != after.on
    assert event_uid("there", "visit", "k7") != before.uid
    assert "k7" not in before.uid


def test_what_is_late_stands_on_today() -> None:
    (event,) = visit_events([stop("k7", -40)], "here", URL, DAY)
    assert event.on == DAY


def test_no_count_and_no_day_of_a_referral_stands_in_it() -> None:
    raw = render_calendar("Visits", [thanks_event(DAY, "here", URL)], NOW)
    (event,) = read_calendar(raw)
    assert event["SUMMARY"] == "Mail the thank-you cards"
    assert "DESCRIPTION" not in event


def test_occasions_are_in_it_and_december_is_not() -> None:
    found = occasion_events(
        [
            Suggestion(Occasion.JULY_FOURTH, dt.date(2026, 7, 4), ("k7",)),
            Suggestion(Occasion.DECEMBER, dt.date(2026, 12, 1), ("k7",), is_discouraged=True),
        ],
        "here",
        URL,
    )
    assert [event.on for event in found] == [dt.date(2026, 7, 4)]


@settings(deadline=None)
@given(_TEXT, _TEXT, _TEXT)
def test_whatever_a_name_holds_the_calendar_stays_whole(name: str, title: str, words: str) -> None:
    event = DayEvent("uid@here", DAY, title, words, URL)
    raw = render_calendar(name, [event], NOW)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    (found,) = read_calendar(raw)
    assert found["UID"] == "uid@here"
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub("\r\n?", "\n", title))
    assert found["SUMMARY"] == plain


@settings(deadline=None)
@given(_TEXT)
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    line = escape_text(text)
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
