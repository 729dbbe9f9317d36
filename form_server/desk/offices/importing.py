"""An address book taken in: looked at first as a dry run, then whole or not at all, and once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.contacts import (
    Plan,
    PlannedRow,
    Verdict,
    plan_contacts,
    read_contacts,
    take_in,
)
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.offices.parcel import Parcel, pack, unpack
from form_server.desk.page import go_to, render_page
from form_server.ledger import BookChanged, CodeTaken, NotFound
from form_server.tabular import TableRefused

_MOST_SHOWN: Final = 200
_TRIES: Final = 3
_ORDER: Final = (Verdict.WRONG, Verdict.JOINS, Verdict.NEW, Verdict.SKIPPED, Verdict.SAME)
_BUSY: Final = (
    "The address book is being changed at this moment, so nothing was taken in. Try again."
)
_NO_ROWS: Final = "It has a heading and nothing below it. Save the table with its rows."
_NO_KEY: Final = (
    "The file has notes, and notes are sealed to an inbox. You look into none: have somebody take it "
    "in who does, or leave the column of notes out."
)


@dataclass(frozen=True)
class ImportPage:
    """`rows` are what would happen, those that are wrong first. `parcel` is sent once more to be
    taken in, and is empty while there is nothing to take in."""

    rows: tuple[PlannedRow, ...]
    hidden_rows: int
    new: int
    joins: int
    same: int
    skipped: int
    wrong: int
    notes: int
    left_out: str
    parcel: str
    preview: str
    take: str
    back: str
    error: str


def show_office_import() -> Response:
    return _render(Plan(), "", "")


def preview_office_import() -> Response:
    """A dry run: what would be new, what joins whom, and each row that is wrong."""
    chosen = request.files.get("file")
    raw = chosen.read() if chosen else b""
    pasted = request.form.get("pasted", "")
    if not raw and not pasted.strip():
        return _render(Plan(), "", "Choose a file, or paste what is in it.")
    try:
        entries = read_contacts(raw or pasted.encode())
    except TableRefused as error:
        return _render(Plan(), "", str(error))
    if not entries.entries:
        return _render(Plan(), "", _NO_ROWS)
    parcel = Parcel.of(entries)
    plan = _plan(the_desk(), parcel)
    if plan.notes and not _inbox_id(the_desk()):
        return _render(plan, "", _NO_KEY)
    return _render(plan, pack(parcel) if plan.changes_something else "", "")


def take_office_import() -> Response:
    """Planned anew, because the book may have changed since; a list that comes twice finds itself
    here the second time."""
    desk, user = the_desk(), signed_in()
    try:
        parcel = unpack(request.form.get("parcel", ""))
    except TableRefused as error:
        return _render(Plan(), "", str(error))
    inbox_id = _inbox_id(desk)
    today = desk.practice().today(desk.clock())
    for _ in range(_TRIES):
        seen = desk.ledger.address_book.state()
        plan = _plan(desk, parcel)
        if not plan.changes_something:
            return go_to(url_for("desk.show_offices", done="nothing"))
        if plan.count(Verdict.WRONG) and not request.form.get("skip"):
            return _render(plan, pack(parcel), "")
        if plan.notes and not inbox_id:
            return _render(plan, "", _NO_KEY)
        try:
            take_in(desk.ledger, plan, inbox_id, today, actor=user.actor, seen=seen)
        except (BookChanged, CodeTaken, NotFound):
            continue
        new, changed = len(plan.new), len(plan.changed)
        return go_to(url_for("desk.show_offices", done="imported", new=new, changed=changed))
    return _render(plan, pack(parcel), _BUSY)


def _plan(desk: Desk, parcel: Parcel) -> Plan:
    book = desk.ledger.address_book
    today = desk.practice().today(desk.clock())
    return plan_contacts(
        parcel.entries,
        book.all(),
        book.people(),
        today,
        codes=book.codes(),
        draw=parcel.drawer(),
    )


def _inbox_id(desk: Desk) -> str:
    """Whose key notes are sealed to: the first inbox of those that the user looks into, or none."""
    own = set(Keyring.of(desk, signed_in()).inbox_ids)
    return next((one.id for one in desk.ledger.inboxes.all() if one.id in own), "")


def _render(plan: Plan, parcel: str, error: str) -> Response:
    in_order = sorted(plan.rows, key=lambda one: _ORDER.index(one.verdict))
    view = ImportPage(
        rows=tuple(in_order[:_MOST_SHOWN]),
        hidden_rows=max(0, len(in_order) - _MOST_SHOWN),
        new=plan.count(Verdict.NEW),
        joins=plan.count(Verdict.JOINS),
        same=plan.count(Verdict.SAME),
        skipped=plan.count(Verdict.SKIPPED),
        wrong=plan.count(Verdict.WRONG),
        notes=len(plan.notes),
        left_out=", ".join(plan.left_out),
        parcel=parcel,
        preview=url_for("desk.preview_office_import"),
        take=url_for("desk.take_office_import"),
        back=url_for("desk.show_offices"),
        error=error,
    )
    refused = error or view.wrong
    return render_page(
        "offices/import.html",
        view,
        title="Take in an address book",
        signed_in=signed_in(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )
