"""A visit goes on record: whom one met, what they need, what was left, and when to come again."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to
from form_server.desk.rounds.day import Day
from form_server.desk.rounds.history import may_remove
from form_server.desk.rounds.met import read_met
from form_server.desk.rounds.names import named_patients
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.typed_visit import TypedVisit, read_visit
from form_server.desk.rounds.visit_form import detail_of, visit_page
from form_server.ledger import NewVisit, NotFound, PersonFacts
from form_server.notes import seal_note
from form_server.rounds import SourceDetail


def log_visit(code: str) -> Response:
    """The same form sent twice is one visit; what was typed of an office that becomes one with another
    in this very moment is offered to that one. Raises NotFound."""
    seen = Seen.one(code)
    detail = detail_of(seen, code)
    ledger, today = seen.desk.ledger, seen.survey.today
    kept = detail.standing.code
    met = read_met(ledger.address_book, kept, detail.people, request.form.getlist("met"))
    typed = read_visit(request.form, met, today, ledger.new_id())
    if any(one.id == typed.visit_id for one in ledger.visits.of(kept)):
        return _onward(kept, typed.visit_id)
    named = () if typed.is_sure else named_patients(seen, kept, typed.needs)
    if typed.faults or named:
        return visit_page(seen, detail, typed, named, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        visit_id = _write(seen, detail, typed)
    except NotFound:
        return _offer_the_other(detail, typed)
    return _onward(kept, visit_id)


def remove_visit(code: str, visit_id: str) -> Response:
    """It was logged by mistake, at this office. A note that does not open with the user's key is not
    theirs to destroy. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    kept = desk.ledger.address_book.get(code).code
    keyring = Keyring.of(desk, user)
    if visit_id not in {one.id for one in desk.ledger.visits.of(kept) if may_remove(one, keyring)}:
        raise NotFound("visit", visit_id[:40])
    desk.ledger.visits.remove(visit_id, actor=user.actor)
    return go_to(url_for("desk.show_visits", code=kept, done="removed"))


def inbox_of(seen: Seen) -> str:
    """Whose key a note is sealed to: the first inbox of those that the user looks into, or none."""
    own = set(seen.keyring.inbox_ids)
    return next((one.id for one in seen.desk.ledger.inboxes.all() if one.id in own), "")


def _offer_the_other(gone: SourceDetail, typed: TypedVisit) -> Response:
    """The form for the office that it became one with, with all that was typed. Raises NotFound."""
    code = gone.standing.code
    seen = Seen.one(code)
    detail = detail_of(seen, code)
    if detail.standing.code == code:
        raise NotFound("source", code)
    met = read_met(seen.desk.ledger.address_book, detail.standing.code, detail.people, typed.met)
    typed = replace(typed, met=met)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return visit_page(seen, detail, typed, (), status, became=gone.standing.name)


def _write(seen: Seen, detail: SourceDetail, typed: TypedVisit) -> str:
    """The visit's id: another than the form's, when that one was taken back meanwhile."""
    ledger, actor, code = seen.desk.ledger, seen.user.actor, detail.standing.code
    met = list(typed.met)
    if typed.new_name:
        facts = PersonFacts(typed.new_name, typed.new_role)
        known = next((one.id for one in detail.people if one.facts == facts), "")
        met.append(known or ledger.address_book.add_person(code, facts, actor=actor).id)
    visit_id = typed.visit_id
    while not ledger.visits.log(_visit(seen, detail, typed, visit_id, tuple(met)), actor=actor):
        if any(one.id == visit_id for one in ledger.visits.of(code)):
            return visit_id  # the other tap was quicker
        visit_id = ledger.new_id()
    return visit_id


def _visit(
    seen: Seen, detail: SourceDetail, typed: TypedVisit, visit_id: str, met: tuple[str, ...]
) -> NewVisit:
    inbox_id, note = inbox_of(seen), None
    if typed.needs and inbox_id:
        note = seal_note(seen.desk.ledger, inbox_id, visit_id, typed.needs)
    message = detail.message if typed.said and typed.way.is_contact else None
    return NewVisit(
        id=visit_id,
        source=detail.standing.code,
        way=typed.way,
        done_on=typed.done_on or seen.survey.today,
        met=met,
        said=message or "",
        next_on=typed.next_on,
        asked_back=typed.asked_back and typed.next_on is not None,
        note=note,
        left=typed.left,
    )


def _onward(code: str, visit_id: str) -> Response:
    after = Day.of(request.form).link("desk.show_after_visit", code=code, visit=visit_id)
    return go_to(after)
