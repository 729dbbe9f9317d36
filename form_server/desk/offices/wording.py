"""Offices in words, the same on every page: what they are, where, and how long nobody was there."""

from __future__ import annotations

import functools
from datetime import date
from typing import Final

from form_server.desk.referral.times import say_date, say_day
from form_server.ledger import PersonFacts, PersonRole, ReachedBy, SourceFacts, SourceKind
from form_server.rounds import SourceStanding
from outreach_kit.outreach.follow_up import Standing
from outreach_kit.practice.values import parse_phone

KINDS: Final = {
    SourceKind.OFFICE: "Medical office",
    SourceKind.AGENCY: "Agency",
    SourceKind.COLLEAGUE: "Colleague",
    SourceKind.SCHOOL: "School",
    SourceKind.CONGREGATION: "Congregation",
    SourceKind.DIRECTORY: "Directory",
    SourceKind.FRIEND: "Client or friend",
}
ROLES: Final = {
    PersonRole.RECEPTIONIST: "Receptionist",
    PersonRole.NURSE: "Nurse",
    PersonRole.ASSISTANT: "Medical assistant",
    PersonRole.MANAGER: "Office manager",
    PersonRole.PHYSICIAN: "Physician",
    PersonRole.COUNSELOR: "Counselor",
    PersonRole.MINISTER: "Minister",
    PersonRole.TEACHER: "Teacher",
    PersonRole.SOCIAL_WORKER: "Social worker",
    PersonRole.OTHER: "Other",
}
LIKES: Final = {
    ReachedBy.NOT_SAID: "Not said",
    ReachedBy.PHONE: "By phone",
    ReachedBy.EMAIL: "By e-mail",
    ReachedBy.FAX: "By fax",
    ReachedBy.MAIL: "By mail",
    ReachedBy.IN_PERSON: "In person",
}
_DAYS_OF_WEEKS: Final = 70
_MONTHS_OF_YEARS: Final = 24


def say_where(facts: SourceFacts) -> str:
    """“Medical office · Alder Falls”."""
    return " · ".join(text for text in (KINDS[facts.kind], facts.town) if text)


def say_town(facts: SourceFacts) -> str:
    """“Alder Falls, WA 98261”."""
    state = " ".join(text for text in (facts.region, facts.postal_code) if text)
    return ", ".join(text for text in (facts.town, state) if text)


def say_ago(days: int) -> str:
    """“today”, “12 days ago”, “5 weeks ago”, “7 months ago”: as one thinks of visits."""
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 21:
        return f"{days} days ago"
    if days < _DAYS_OF_WEEKS:
        return f"{days // 7} weeks ago"
    months = round(days / 30.44)
    return f"{months} months ago" if months < _MONTHS_OF_YEARS else f"{months // 12} years ago"


def say_last(one: SourceStanding) -> str:
    """When somebody was in touch last; empty before anybody was."""
    days = one.follow_up.days_since
    return "" if days is None else f"Last contact {say_ago(days)}"


def say_due(one: SourceStanding, today: date) -> str:
    standing, due_on = one.follow_up.standing, one.follow_up.due_on
    match standing:
        case Standing.RESTING:
            return "No visits"
        case Standing.FIRST:
            return "Nobody has been there yet"
        case Standing.FORGOTTEN if one.last is None:
            return "Never seen in half a year"
        case Standing.FORGOTTEN:
            return "Not seen in half a year"
    if due_on is None:
        return ""
    said = say_day(due_on, today)
    if standing is Standing.DUE:
        return "Due today" if due_on == today else f"Due since {said}"
    return f"Next visit {said}"


def say_count(referrals: int) -> str:
    if not referrals:
        return "No referral in 12 months"
    return f"{referrals} referral{'' if referrals == 1 else 's'} in 12 months"


def say_role(facts: PersonFacts) -> str:
    """In their own words first: “Front desk lead (receptionist)”."""
    role = "" if facts.role is PersonRole.OTHER else ROLES[facts.role]
    if facts.title and role and role.casefold() != facts.title.casefold():
        return f"{facts.title} ({role.lower()})"
    return facts.title or role


def say_reached(facts: PersonFacts) -> str:
    """“By phone, before ten”."""
    likes = LIKES[facts.likes] if facts.likes is not ReachedBy.NOT_SAID else ""
    return ", ".join(text for text in (likes, facts.reached) if text)


def say_rhythm(facts: SourceFacts) -> str:
    if facts.rests or facts.kind.is_private:
        return "No visits"
    return f"Every {facts.every_days} days" if facts.every_days else "As its tier"


def say_agreed(agreed_on: date | None) -> str:
    return f"Since {say_date(agreed_on)}" if agreed_on else "Did not agree to it yet"


@functools.lru_cache(maxsize=4096)  # a house of many offices has one switchboard
def dial(typed: str) -> str:
    """The address to dial; empty for what is no number."""
    try:
        return parse_phone(typed).href if typed else ""
    except ValueError:
        return ""
