"""Adding an office and changing one, on a phone: one page, a name is enough; off the list and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Response, request, url_for

from form_server.contacts import read_office
from form_server.contacts.codes import draw_code
from form_server.contacts.headings import HEADINGS
from form_server.contacts.same import KnownOffices
from form_server.desk.as_shown import mark_of
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.typed import OFFICE_FIELDS, spell_office, typed_office
from form_server.desk.offices.wording import KINDS, say_where
from form_server.desk.page import go_to, render_page
from form_server.ledger import ChangedMeanwhile, SourceCard, SourceFacts

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Twin:
    """An office on the list that looks like the one that was typed."""

    name: str
    where: str
    href: str


@dataclass(frozen=True)
class OfficeForm:
    """`fields` as they were typed, `complaints` by field. `seen` is a mark of what was
    shown; `meanwhile` is what somebody else has written since then, where it differs."""

    heading: str
    fields: Mapping[str, str]
    complaints: Mapping[str, str]
    kinds: Options
    audiences: Options
    twin: Twin | None
    seen: str
    meanwhile: tuple[str, ...]
    save: str
    back: str
    today: str


def new_office() -> Response:
    return _render("Add an office", {**spell_office(SourceFacts("")), "kind": "office"}, {})


def add_office() -> Response:
    """Under a code that is drawn for it; one that looks like another is asked about first."""
    desk, user = the_desk(), signed_in()
    typed = typed_office(request.form)
    facts, complaints = read_office(typed, _today(desk))
    if complaints:
        return _render("Add an office", typed, complaints)
    if not request.form.get("sure") and (twin := _twin(desk, facts)):
        return _render("Add an office", typed, {}, twin=twin)
    book = desk.ledger.address_book
    code = draw_code({one.lower() for one in book.codes()})
    book.add(code, facts, actor=user.actor)
    return go_to(url_for("desk.show_office", code=code, done="added"))


def edit_office(code: str) -> Response:
    """Raises NotFound."""
    card = the_desk().ledger.address_book.get(code)
    return _render(card.name, spell_office(card.facts), {}, card)


def change_office(code: str) -> Response:
    """What somebody else wrote since the form was shown is told once before it is written over; an
    office that became one with another counts as such. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    card = desk.ledger.address_book.get(code)
    typed = typed_office(request.form)
    facts, complaints = read_office(typed, _today(desk))
    seen = request.form.get("seen", "")
    if complaints:
        return _render(card.name, typed, complaints, card, seen=seen)
    try:
        if seen and seen != _stamp(card):
            raise ChangedMeanwhile("source", card.code)
        was = card.facts if seen else None
        desk.ledger.address_book.change(card.code, facts, actor=user.actor, was=was)
    except ChangedMeanwhile:
        card = desk.ledger.address_book.get(code)
        if meanwhile := _differing(card.facts, facts):
            return _render(card.name, typed, {}, card, meanwhile=meanwhile)
    return go_to(url_for("desk.show_office", code=card.code, done="saved"))


def remove_office(code: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.address_book.remove(code, actor=signed_in().actor)
    return go_to(url_for("desk.show_offices", done="removed", removed=code))


def restore_office(code: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.address_book.restore(code, actor=signed_in().actor)
    return go_to(url_for("desk.show_office", code=code, done="back"))


def _twin(desk: Desk, facts: SourceFacts) -> Twin | None:
    known, cards = KnownOffices(), {one.code: one for one in desk.ledger.address_book.all()}
    for code, card in cards.items():
        known.add(code, vars(card.facts))
    found = known.find(vars(facts))
    if found is None:
        return None
    card = cards[found]
    return Twin(card.name, say_where(card.facts), url_for("desk.show_office", code=found))


def _stamp(card: SourceCard) -> str:
    return mark_of((card.code, card.facts))


def _differing(kept: SourceFacts, typed: SourceFacts) -> tuple[str, ...]:
    """“Phone: (360) 555-0142”, as it is kept."""
    told, wanted = spell_office(kept), spell_office(typed)
    return tuple(
        f"{HEADINGS[name]}: {' · '.join(told[name].splitlines()) or 'nothing'}"
        for name in told
        if told[name] != wanted[name]
    )


def _today(desk: Desk) -> date:
    return desk.practice().today(desk.clock())


def _render(
    heading: str,
    fields: Mapping[str, str],
    complaints: Mapping[str, str],
    card: SourceCard | None = None,
    twin: Twin | None = None,
    seen: str = "",
    meanwhile: tuple[str, ...] = (),
) -> Response:
    desk = the_desk()
    practice = desk.practice()
    audiences = tuple((one.slug, one.name) for one in practice.audiences)
    said = fields["audience"]
    if said and said not in dict(audiences):
        audiences = (*audiences, (said, f"{said} (not in your audiences)"))
    if card:
        save = url_for("desk.change_office", code=card.code)
        back = url_for("desk.show_office", code=card.code)
    else:
        save, back = url_for("desk.add_office"), url_for("desk.show_offices")
    view = OfficeForm(
        heading=heading,
        fields={**dict.fromkeys(OFFICE_FIELDS, ""), **fields},
        complaints=complaints,
        kinds=tuple((kind.value, label) for kind, label in KINDS.items()),
        audiences=audiences,
        twin=twin,
        seen=seen or (_stamp(card) if card else ""),
        meanwhile=meanwhile,
        save=save,
        back=back,
        today=practice.today(desk.clock()).isoformat(),
    )
    refused = complaints or twin or meanwhile
    return render_page(
        "offices/form.html",
        view,
        title="Office" if card else "Add an office",
        signed_in=signed_in(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )
