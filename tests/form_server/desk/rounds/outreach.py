"""Offices for tests of the rounds: at Alder Falls and further away, seen so many days ago."""

from __future__ import annotations

import re
from datetime import timedelta

from werkzeug.test import TestResponse

from form_server.ledger import Counted, NewVisit, PersonFacts, PersonRole, SourceFacts, VisitWay
from form_server.notes import seal_note
from tests.form_server.desk.stage import Stage, hidden

BY = "user:test"
FORM = "/desk/outreach/visits/lake/new"


def add_office(
    stage: Stage, code: str, name: str = "", *, town: str = "Alder Falls", **more: object
) -> None:
    zip_code = "98999" if town == "Alder Falls" else "98998"
    facts = SourceFacts(name or code, town=town, postal_code=zip_code, **more)  # type: ignore[arg-type]
    stage.ledger.address_book.add(code, facts, actor=BY)


def add_person(
    stage: Stage, code: str, name: str, role: PersonRole = PersonRole.RECEPTIONIST
) -> str:
    return stage.ledger.address_book.add_person(code, PersonFacts(name, role), actor=BY).id


def seen_ago(
    stage: Stage,
    code: str,
    days: int,
    *left: Counted,
    words: str = "",
    inbox_id: str = "",
    met: tuple[str, ...] = (),
) -> str:
    """A visit that many days before today; its id."""
    visit_id = stage.ledger.new_id()
    box = inbox_id or stage.founding.inbox_id
    note = seal_note(stage.ledger, box, visit_id, words) if words else None
    day = stage.practice.today(stage.clock()) - timedelta(days=days)
    new = NewVisit(visit_id, code, VisitWay.VISIT, day, met=met, note=note, left=left)
    stage.ledger.visits.log(new, actor=BY)
    return visit_id


def plain(page: str) -> str:
    """Its words without tags, on one line."""
    body = page[page.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\u00a0", " ").split())


def send(desk: Stage, *, at: str = FORM, **typed: object) -> TestResponse:
    """The form as a browser sends it, with these fields typed otherwise."""
    page = desk.get(at).text
    fresh = {name: hidden(page, name) for name in ("csrf_token", "visit_id", "suggested")}
    data = {**fresh, "way": "visit", "done_on": "2026-11-16", "said": "yes", **typed}
    data.setdefault("next_on", fresh["suggested"])
    return desk.post(at, data)  # type: ignore[arg-type]
