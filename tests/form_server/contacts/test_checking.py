from __future__ import annotations

from datetime import date

import pytest

from form_server.contacts import read_office, read_person
from form_server.ledger import PersonFacts, PersonRole, ReachedBy, SourceFacts, SourceKind

TODAY = date(2026, 11, 16)


def test_a_form_says_all_there_is_of_an_office() -> None:
    typed = {
        "office": " Hill  Street School ", "address": "1 Hill St\r\n\r\n Suite 2 ", "phone": "360.555.0190",
        "website": "hill.example", "latitude": "47.6", "longitude": "-122.3", "tier": "B", "every_days": "75",
        "rests": "yes", "takes_gifts": "no", "agreed_on": "11/16/2026",
    }  # fmt: skip
    facts, complaints = read_office(typed, TODAY)
    assert complaints == {}
    assert facts == SourceFacts(
        "Hill Street School",
        SourceKind.SCHOOL,
        address=("1 Hill St", "Suite 2"),
        phone="(360) 555-0190",
        website="https://hill.example",
        latitude=47.6,
        longitude=-122.3,
        tier="b",
        every_days=75,
        rests=True,
        takes_gifts=False,
        agreed_on=TODAY,
    )


def test_and_of_a_person_there() -> None:
    typed = {
        "person": "Priya Nair", "title": "Front desk lead", "person_phone": "3605550192",
        "person_email": "Priya@Mill.example", "likes": "In person", "reached": "before nine",
    }  # fmt: skip
    facts, complaints = read_person(typed, TODAY)
    assert complaints == {}
    assert facts == PersonFacts(
        "Priya Nair",
        PersonRole.RECEPTIONIST,
        "Front desk lead",
        "(360) 555-0192",
        "Priya@mill.example",
        ReachedBy.IN_PERSON,
        "before nine",
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("office", ""),
        ("office", "x" * 81),
        ("office", "Mill\u202eRoad"),
        ("phone", "12"),
        ("email", "at"),
        ("website", "javascript:alert(1)"),
        ("latitude", "91"),
        ("latitude", "47.6"),
        ("tier", "Z"),
        ("every_days", "59"),
        ("rests", "perhaps"),
        ("agreed_on", "2026-11-17"),
        ("agreed_on", "soon"),
        ("kind", "king"),
        ("address", "a\n" * 6),
        ("hours", "x" * 201),
    ],
)
def test_what_cannot_be_kept_is_complained_of_at_its_field(field: str, text: str) -> None:
    _, complaints = read_office({"office": "Mill Road", field: text}, TODAY)
    assert set(complaints) == {field}


def test_nobody_is_no_person() -> None:
    assert set(read_person({"role": "nurse"}, TODAY)[1]) == {"person"}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Receptionist", PersonRole.RECEPTIONIST),
        ("Medical Assistant", PersonRole.ASSISTANT),
        ("Office manager", PersonRole.MANAGER),
        ("School Counselor", PersonRole.COUNSELOR),
        ("Rev. Pastor", PersonRole.MINISTER),
        ("MD", PersonRole.PHYSICIAN),
        ("RN", PersonRole.NURSE),
        ("LICSW", PersonRole.SOCIAL_WORKER),
        ("Poet", PersonRole.OTHER),
    ],
)
def test_a_title_says_the_role(title: str, role: PersonRole) -> None:
    facts, _ = read_person({"person": "Sam", "title": title}, TODAY)
    assert facts.role is role
