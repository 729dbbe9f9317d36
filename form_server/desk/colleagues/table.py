"""The directory as a table: saved for a spreadsheet, and taken in after a look at what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.colleagues.columns import HEADINGS, table_of
from form_server.desk.colleagues.editing import known_codes
from form_server.desk.colleagues.taking_in import Plan, PlannedRow, plan_table
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.tabular import TableRefused, read_csv, write_csv

_MOST_SHOWN: Final = 200


@dataclass(frozen=True)
class TableImport:
    """`rows` are what would happen; those that are wrong stand first. `table` is sent once more to
    be taken in, and is empty while it cannot be."""

    headings: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    hidden_rows: int
    new: int
    joins: int
    wrong: int
    left_out: str
    table: str
    preview: str
    take: str
    back: str
    error: str


def export_colleagues() -> Response:
    """All of them, with the private notes; that it was saved is on record."""
    desk, user = the_desk(), signed_in()
    every = desk.ledger.colleagues.all()
    desk.ledger.audit.note("colleagues.exported", actor=user.actor, detail=f"count={len(every)}")
    table = write_csv(table_of([one.facts for one in every], desk.practice()))
    answer = Response(table.encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=colleagues.csv"
    return answer


def show_colleague_import() -> Response:
    return _render(Plan(), "", "")


def preview_colleague_import() -> Response:
    """A dry run: what would be new, what joins whom, and each row that is wrong."""
    chosen = request.files.get("file")
    raw = chosen.read() if chosen else b""
    pasted = request.form.get("pasted", "")
    if not raw and not pasted.strip():
        return _render(Plan(), "", "Choose a file, or paste the table.")
    try:
        rows = read_csv(raw or pasted.encode())
    except TableRefused as error:
        return _render(Plan(), "", str(error))
    plan = _plan(the_desk(), rows)
    return _render(plan, write_csv(rows) if plan.is_ready else "", plan.complaint)


def take_colleague_import() -> Response:
    """Planned anew, because the directory may have changed since; all of it in one commit."""
    desk, user = the_desk(), signed_in()
    try:
        rows = read_csv(request.form.get("table", "").encode())
    except TableRefused as error:
        return _render(Plan(), "", str(error))
    plan = _plan(desk, rows)
    if not plan.is_ready:
        return _render(plan, "", plan.complaint or "The directory changed meanwhile: look again.")
    new = list(plan.new.values())
    desk.ledger.colleagues.take_in(new, plan.changed, actor=user.actor)
    return go_to(url_for("desk.show_colleagues", done="imported"))


def _plan(desk: Desk, rows: list[list[str]]) -> Plan:
    practice = desk.practice()
    return plan_table(
        rows,
        desk.ledger.colleagues.all(),
        practice,
        practice.today(desk.clock()),
        known_codes(desk),
    )


def _render(plan: Plan, table: str, error: str) -> Response:
    verdicts = [one.verdict for one in plan.rows]
    in_order = sorted(plan.rows, key=lambda one: one.verdict != "wrong")
    view = TableImport(
        headings=tuple(HEADINGS.values()),
        rows=tuple(in_order[:_MOST_SHOWN]),
        hidden_rows=max(0, len(in_order) - _MOST_SHOWN),
        new=len(plan.new),
        joins=len(plan.changed),
        wrong=verdicts.count("wrong"),
        left_out=", ".join(plan.left_out),
        table=table,
        preview=url_for("desk.preview_colleague_import"),
        take=url_for("desk.take_colleague_import"),
        back=url_for("desk.show_colleagues"),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error or view.wrong else HTTPStatus.OK
    return render_page(
        "colleagues/import.html",
        view,
        title="Take in a table",
        signed_in=signed_in(),
        status=status,
    )
