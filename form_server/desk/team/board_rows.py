"""The board of openings between the ledger's rows, the pure rules and people's words."""

from __future__ import annotations

import datetime as dt

from form_server.desk.console import Desk
from form_server.desk.referral.times import say_day
from form_server.ledger import Opening
from outreach_kit.outreach.capacity import Room
from outreach_kit.web.language import words_in


def read_board(desk: Desk) -> list[Room]:
    """As the rules take it."""
    return [to_room(one) for one in desk.ledger.openings.all()]


def to_room(one: Opening) -> Room:
    return Room(
        clinician=one.clinician,
        count=one.count,
        as_of_on=one.as_of_on,
        first_available_on=one.first_available_on,
        site=one.site,
        plan=one.plan,
        language=one.language,
    )


def say_where(room: Room) -> str:
    """“Port Wren, Spanish, Regence”, or that it is for anybody."""
    language = name_language(room.language) if room.language else ""
    return (
        ", ".join(filter(None, (room.site, language, room.plan))) or "Any site, plan and language"
    )


def say_room(count: int, first: dt.date | None, today: dt.date) -> str:
    """“2 openings, the first Monday”."""
    many = "1 opening" if count == 1 else f"{count} openings"
    if not count or first is None:
        return many
    return f"{many}, the first {say_day(max(first, today), today)}"


def name_language(code: str) -> str:
    return words_in("en").language_name(code)
