"""The people of an office: by role, the front desk first, with how each likes to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, request, url_for

from form_server.contacts import read_person
from form_server.desk.as_shown import mark_of
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.offices.typed import PERSON_LABELS, spell_person, typed_person
from form_server.desk.offices.wording import LIKES, ROLES, dial, say_reached, say_role
from form_server.desk.page import go_to, render_page
from form_server.ledger import ChangedMeanwhile, NotFound, PersonFacts, SourceCard, SourcePerson

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PersonRow:
    name: str
    role: str
    reached: str
    phone: str
    tel: str
    email: str
    edit: str
    is_front_desk: bool


@dataclass(frozen=True)
class PeoplePanel:
    rows: tuple[PersonRow, ...]
    new: str


@dataclass(frozen=True)
class PersonForm:
    """`remove` is empty for somebody who is not there yet. `seen` is a mark of what was shown;
    `meanwhile` is what somebody else has written since then, where it differs. `is_gone` says that
    they were taken off the list since."""

    heading: str
    office: str
    fields: Mapping[str, str]
    complaints: Mapping[str, str]
    roles: Options
    likes: Options
    seen: str
    meanwhile: tuple[str, ...]
    is_gone: bool
    save: str
    remove: str
    back: str
    today: str


def build_people(case: OfficeCase) -> PeoplePanel:
    in_order = sorted(case.detail.people, key=lambda one: not one.facts.role.is_front_desk)
    new = url_for("desk.new_person", code=case.code)
    return PeoplePanel(tuple(_row(case.code, one) for one in in_order), new)


PANEL = Panel("offices/people.html", build_people)


def new_person(code: str) -> Response:
    """Raises NotFound."""
    card = the_desk().ledger.address_book.get(code)
    return _render(card, None, {**spell_person(PersonFacts("")), "role": "receptionist"}, {})


def add_person(code: str) -> Response:
    """Once, however often it was pressed. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    card = desk.ledger.address_book.get(code)
    typed = typed_person(request.form)
    facts, complaints = read_person(typed, desk.practice().today(desk.clock()))
    if complaints:
        return _render(card, None, typed, complaints)
    there = desk.ledger.address_book.people([card.code]).get(card.code, ())
    if facts not in [one.facts for one in there]:
        desk.ledger.address_book.add_person(card.code, facts, actor=user.actor)
    return _back_to(card.code, "person-added")


def edit_person(code: str, person_id: str) -> Response:
    """Raises NotFound."""
    card, person = _find(the_desk(), code, person_id)
    return _render(card, person, spell_person(person.facts), {})


def change_person(code: str, person_id: str) -> Response:
    """What somebody else wrote since the form was shown is told once before it is written over; for
    whoever was taken off the list, what was typed is kept. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    typed = typed_person(request.form)
    try:
        card, person = _find(desk, code, person_id)
    except NotFound:
        if person_id not in desk.ledger.address_book.named([person_id]):
            raise
        return _render(desk.ledger.address_book.get(code), None, typed, {}, is_gone=True)
    facts, complaints = read_person(typed, desk.practice().today(desk.clock()))
    seen = request.form.get("seen", "")
    if complaints:
        return _render(card, person, typed, complaints, seen=seen)
    try:
        if seen and seen != _stamp(person):
            raise ChangedMeanwhile("person", person.id)
        was = person.facts if seen else None
        desk.ledger.address_book.change_person(person.id, facts, actor=user.actor, was=was)
    except ChangedMeanwhile:
        person = desk.ledger.address_book.named([person.id])[person.id]
        if meanwhile := _differing(person.facts, facts):
            return _render(card, person, typed, {}, meanwhile=meanwhile)
    return _back_to(card.code, "saved")


def remove_person(code: str, person_id: str) -> Response:
    """Raises NotFound."""
    desk, user = the_desk(), signed_in()
    card, person = _find(desk, code, person_id)
    desk.ledger.address_book.remove_person(person.id, actor=user.actor)
    return _back_to(card.code, "person-removed")


def _back_to(code: str, done: str) -> Response:
    return go_to(url_for("desk.show_office", code=code, done=done, _anchor="people"))


def _find(desk: Desk, code: str, person_id: str) -> tuple[SourceCard, SourcePerson]:
    """Somebody who is at this office today. Raises NotFound."""
    card = desk.ledger.address_book.get(code)
    there = desk.ledger.address_book.people([card.code]).get(card.code, ())
    for person in there:
        if person.id == person_id:
            return card, person
    raise NotFound("person", person_id)


def _stamp(person: SourcePerson) -> str:
    return mark_of(person.facts)


def _differing(kept: PersonFacts, typed: PersonFacts) -> tuple[str, ...]:
    """“Phone: (360) 555-0142”, as it is kept."""
    told = {**spell_person(kept), "role": ROLES[kept.role], "likes": LIKES[kept.likes]}
    wanted = {**spell_person(typed), "role": ROLES[typed.role], "likes": LIKES[typed.likes]}
    return tuple(
        f"{PERSON_LABELS[name]}: {told[name] or 'nothing'}"
        for name in told
        if told[name] != wanted[name]
    )


def _row(code: str, one: SourcePerson) -> PersonRow:
    facts = one.facts
    return PersonRow(
        name=facts.name,
        role=say_role(facts),
        reached=say_reached(facts),
        phone=facts.phone,
        tel=dial(facts.phone),
        email=facts.email,
        edit=url_for("desk.edit_person", code=code, person_id=one.id),
        is_front_desk=facts.role.is_front_desk,
    )


def _render(
    card: SourceCard,
    person: SourcePerson | None,
    fields: Mapping[str, str],
    complaints: Mapping[str, str],
    *,
    seen: str = "",
    meanwhile: tuple[str, ...] = (),
    is_gone: bool = False,
) -> Response:
    desk = the_desk()
    if person is None:
        save, remove = url_for("desk.add_person", code=card.code), ""
    else:
        save = url_for("desk.change_person", code=card.code, person_id=person.id)
        remove = url_for("desk.remove_person", code=card.code, person_id=person.id)
    view = PersonForm(
        heading=person.name if person else "Add a person",
        office=card.name,
        fields=fields,
        complaints=complaints,
        roles=tuple((role.value, label) for role, label in ROLES.items()),
        likes=tuple((way.value, label) for way, label in LIKES.items()),
        seen=seen or (_stamp(person) if person else ""),
        meanwhile=meanwhile,
        is_gone=is_gone,
        save=save,
        remove=remove,
        back=url_for("desk.show_office", code=card.code, _anchor="people"),
        today=desk.practice().today(desk.clock()).isoformat(),
    )
    refused = complaints or meanwhile or is_gone
    return render_page(
        "offices/person.html",
        view,
        title="Person at an office",
        signed_in=signed_in(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )
