"""A visit goes on record: whom one met, what they need, what was left, and when to come again."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request, url_for

from form_server.desk.page import go_to
from form_server.desk.rounds.names import named_patients
from form_server.desk.rounds.route import read_offices
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.typed_visit import TypedVisit, read_visit
from form_server.desk.rounds.visit_form import detail_of, visit_page
from form_server.ledger import NewVisit, PersonFacts
from form_server.notes import seal_note
from form_server.rounds import SourceDetail


def log_visit(code: str) -> Response:
    """The same form sent twice is one visit. Raises NotFound."""
    seen = Seen.here()
    detail = detail_of(seen, code)
    ledger, today = seen.desk.ledger, seen.survey.today
    people = {one.id for one in detail.people}
    typed = read_visit(request.form, people, today, ledger.new_id())
    kept = detail.standing.code
    if any(one.id == typed.visit_id for one in ledger.visits.of(kept)):
        return _onward(kept, typed)
    if typed.faults:
        return visit_page(seen, detail, typed, (), HTTPStatus.UNPROCESSABLE_ENTITY)
    named = () if typed.is_sure else named_patients(seen, kept, typed.needs)
    if named:
        return visit_page(seen, detail, typed, named, HTTPStatus.UNPROCESSABLE_ENTITY)
    _write(seen, detail, typed)
    return _onward(kept, typed)


def remove_visit(code: str, visit_id: str) -> Response:
    """It was logged by mistake, at this office. Raises NotFound."""
    seen = Seen.here()
    kept = seen.desk.ledger.address_book.get(code).code
    seen.desk.ledger.visits.remove(visit_id, actor=seen.user.actor)
    return go_to(url_for("desk.show_visits", code=kept, done="removed"))


def inbox_of(seen: Seen) -> str:
    """Whose key a note is sealed to: the first inbox of those that the user looks into, or none."""
    own = set(seen.keyring.inbox_ids)
    return next((one.id for one in seen.desk.ledger.inboxes.all() if one.id in own), "")


def _write(seen: Seen, detail: SourceDetail, typed: TypedVisit) -> None:
    ledger, actor = seen.desk.ledger, seen.user.actor
    code, inbox_id = detail.standing.code, inbox_of(seen)
    met = list(typed.met)
    if typed.new_name:
        facts = PersonFacts(typed.new_name, typed.new_role)
        met.append(ledger.address_book.add_person(code, facts, actor=actor).id)
    note = None
    if typed.needs and inbox_id:
        note = seal_note(ledger, inbox_id, typed.visit_id, typed.needs)
    message = detail.message if typed.said and typed.way.is_contact else None
    ledger.visits.log(
        NewVisit(
            id=typed.visit_id,
            source=code,
            way=typed.way,
            done_on=typed.done_on or seen.survey.today,
            met=tuple(met),
            said=message or "",
            next_on=typed.next_on,
            asked_back=typed.asked_back and typed.next_on is not None,
            note=note,
            left=typed.left,
        ),
        actor=actor,
    )


def _onward(code: str, typed: TypedVisit) -> Response:
    day = read_offices(request.form.getlist("office"))
    return go_to(
        url_for("desk.show_after_visit", code=code, visit=typed.visit_id, office=day or None)
    )
