"""Offices as these tests need them, and forms as a browser would send them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from werkzeug.test import TestResponse

from form_server.ledger import (
    NewVisit,
    PersonFacts,
    PersonRole,
    ReachedBy,
    SourceFacts,
    SourceKind,
    VisitWay,
)
from tests.form_server.desk.stage import Stage, hidden

TODAY = date(2026, 11, 16)
ALDER = SourceFacts(
    name="Alder Family Medicine",
    address=("14 Cedar Street", "Suite 2"),
    town="Alder Falls",
    region="WA",
    postal_code="98261",
    phone="(360) 555-0177",
    fax="(360) 555-0178",
    email="desk@alderfamily.example",
    hours="Mon to Fri 8–5",
)
DANA = PersonFacts(
    "Dana Whitfield",
    PersonRole.RECEPTIONIST,
    title="Front desk lead",
    phone="(360) 555-0179",
    likes=ReachedBy.PHONE,
    reached="before ten",
)
WREN = SourceFacts(
    "Wren Elementary School", SourceKind.SCHOOL, town="Mill Creek", phone="(360) 555-0131"
)
FRIEND = SourceFacts("Lee Park", SourceKind.FRIEND)


def alder(stage: Stage, code: str = "k7m2xq", **facts: Any) -> str:
    """With Dana at its front desk."""
    book = stage.ledger.address_book
    book.add(code, SourceFacts(**{**vars(ALDER), **facts}), actor="test")
    book.add_person(code, DANA, actor="test")
    return code


def an_office(stage: Stage, code: str, facts: SourceFacts) -> str:
    stage.ledger.address_book.add(code, facts, actor="test")
    return code


def seen(stage: Stage, code: str, days_ago: int) -> None:
    done_on = TODAY - timedelta(days=days_ago)
    stage.ledger.visits.log(
        NewVisit(stage.ledger.new_id(), code, VisitWay.VISIT, done_on), actor="test"
    )


def send(stage: Stage, page: str, action: str, data: dict[str, Any]) -> TestResponse:
    """A form of `page`, sent to `action`; lists are fields that stand there several times."""
    token = hidden(stage.get(page).text, "csrf_token")
    return stage.client.post(
        action,
        data={"csrf_token": token, **data},
        base_url=stage.origin,
        headers={"Origin": stage.origin},
    )
