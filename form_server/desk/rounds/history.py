"""What was done at an office: visits, calls, talks and letters, newest first, their notes opened for
whoever may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_day
from form_server.desk.rounds.wording import (
    MESSAGES_SAID,
    ROLES_SAID,
    WAYS_SAID,
    say_pieces,
)
from form_server.ledger import Counted, SourcePerson, Visit
from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.stock import Item, StockKind

_SHOWN: Final = 3
_MOST: Final = 100
_DONE: Final = {"removed": "Taken back, with its note and with what it says was left."}


@dataclass(frozen=True)
class Entry:
    """`note` is what was heard there; `is_shut` says that there is one which does not open here.
    `remove` is empty for a visit that is not this user's to take back."""

    what: str
    day: str
    by: str
    met: str
    note: str
    is_shut: bool
    left: str
    counted: str
    said: str
    again: str
    remove: str


@dataclass(frozen=True)
class HistoryPanel:
    entries: tuple[Entry, ...]
    log: str
    plan: str
    all: str
    goes_on: bool


@dataclass(frozen=True)
class VisitsPage:
    name: str
    entries: tuple[Entry, ...]
    goes_on: bool
    log: str
    back: str
    done: str


def build_history(case: OfficeCase) -> HistoryPanel:
    ledger, code = case.desk.ledger, case.code
    found = ledger.visits.of(code, _SHOWN + 1)
    return HistoryPanel(
        entries=entries(case.desk, case.keyring, found[:_SHOWN], case.today, case.user.actor),
        log=url_for("desk.show_visit_form", code=code),
        plan=url_for("desk.show_visit_day", office=[code]),
        all=url_for("desk.show_visits", code=code),
        goes_on=len(found) > _SHOWN,
    )


PANEL: Final = Panel("rounds/history.html", build_history)


def show_visits(code: str) -> Response:
    """All of one office. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    card = desk.ledger.address_book.get(code)
    found = desk.ledger.visits.of(card.code, _MOST + 1)
    keyring, today = Keyring.of(desk, user), desk.practice().today(desk.clock())
    view = VisitsPage(
        name=card.name,
        entries=entries(desk, keyring, found[:_MOST], today, user.actor),
        goes_on=len(found) > _MOST,
        log=url_for("desk.show_visit_form", code=card.code),
        back=url_for("desk.show_office", code=card.code),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("rounds/visits.html", view, title="Visits", signed_in=user)


def entries(
    desk: Desk, keyring: Keyring, visits: Sequence[Visit], today: date, actor: str
) -> tuple[Entry, ...]:
    """In their order; that notes were opened goes on record."""
    ids = {person_id for one in visits for person_id in one.met}
    people = desk.ledger.address_book.named(sorted(ids)) if ids else {}
    users = {f"user:{one.id}": one.name for one in desk.ledger.people.users()}
    made = tuple(_entry(one, keyring, people, users, today) for one in visits)
    if opened := sum(bool(one.note) for one in made):
        detail = f"{visits[0].source} notes={opened}"
        desk.ledger.audit.note("visit_notes.opened", actor=actor, detail=detail)
    return made


def may_remove(visit: Visit, keyring: Keyring) -> bool:
    """Taking back destroys the note: whoever cannot look into its inbox does not."""
    return visit.note is None or visit.note.inbox_id in keyring.inbox_ids


def _entry(
    visit: Visit,
    keyring: Keyring,
    people: Mapping[str, SourcePerson],
    users: Mapping[str, str],
    today: date,
) -> Entry:
    note, is_shut = "", False
    if visit.note is not None:
        try:
            note = keyring.open_note(visit.id, visit.note)
        except Unreadable:
            is_shut = True
    said = Message(visit.said) if visit.said in set(Message) else None
    return Entry(
        what=WAYS_SAID[visit.way],
        day=say_day(visit.done_on, today),
        by=users.get(visit.actor, ""),
        met=", ".join(_person(people[one]) for one in visit.met if one in people),
        note=note,
        is_shut=is_shut,
        left=say_pieces(_pieces(visit.left, StockKind.GIVEN)),
        counted=say_pieces(_pieces(visit.left, StockKind.COUNTED)),
        said=MESSAGES_SAID[said] if said else "",
        again=say_day(visit.next_on, today) if visit.next_on else "",
        remove=url_for("desk.remove_visit", code=visit.source, visit_id=visit.id)
        if may_remove(visit, keyring)
        else "",
    )


def _person(person: SourcePerson) -> str:
    return f"{person.name} ({(person.facts.title or ROLES_SAID[person.facts.role]).lower()})"


def _pieces(left: Sequence[Counted], kind: StockKind) -> dict[Item, int]:
    items = {item.value for item in Item}
    return {Item(one.item): one.count for one in left if one.kind == kind and one.item in items}
