"""Calendars as text (RFC 5545): whole days with stable names, CRLF, lines folded at 75 octets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from outreach_kit.frozen import frozen

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_FOLD_OCTETS: Final = 75
_PRODUCT: Final = "-//Warm Handoff//Visits//EN"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@frozen
class DayEvent:
    """One whole day. `uid` stays the same for the same thing, so that a calendar moves it and makes
    no second one; `url` may be empty."""

    uid: str
    on: dt.date
    title: str
    words: str = ""
    url: str = ""


def render_calendar(
    name: str, events: Iterable[DayEvent], stamped_at: dt.datetime, *, refresh_hours: int = 12
) -> bytes:
    """`stamped_at` is when it was made, aware; the order of the events is kept."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_hours}H",  # RFC 7986
        f"X-PUBLISHED-TTL:PT{refresh_hours}H",
        *(line for event in events for line in _event(event, stamped_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold_line(line)}\r\n" for line in lines).encode()


def escape_text(text: str) -> str:
    """A TEXT value (section 3.3.11): no line break and no control character gets through."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for letter, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(letter, written)
    return plain


def fold_line(line: str) -> str:
    """Folded at 75 octets, never inside a character (section 3.1)."""
    folded, octets = [], 0
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if octets + size > _FOLD_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(letter)
        octets += size
    return "".join(folded)


def _event(event: DayEvent, stamped_at: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape_text(event.uid)}"
    yield f"DTSTAMP:{stamped_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape_text(event.title)}"
    if event.words:
        yield f"DESCRIPTION:{escape_text(event.words)}"
    if event.url:
        yield f"URL:{_CONTROL.sub('', event.url).replace(chr(10), '')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
