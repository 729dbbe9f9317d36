"""`source`: who was handed the practice's cards and guides, each under the code printed on them."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Final

import click

from form_server.commands.standing import open_ledger
from form_server.contacts import (
    WORDS_OF_ADDRESSES,
    Plan,
    PlannedRow,
    Verdict,
    plan_contacts,
    read_contacts,
    table_of,
    take_in,
)
from form_server.ledger import Ledger, SourceKind
from form_server.ledger import Source as Row
from form_server.settings import Settings
from form_server.tabular import write_csv
from outreach_kit.errors import HandoffError, MachineError, UsageError
from outreach_kit.paper import Source
from outreach_kit.practice import load_practice

_MOST_TOLD: Final = 20
_MOST_BYTES: Final = 100_000_000
_DASH: Final = "-"


class RowsRefused(HandoffError):
    """A file of contacts with rows that cannot be taken in; nothing of it was."""

    def __init__(self, file: Path, plan: Plan) -> None:
        wrong = [row for row in plan.rows if row.verdict is Verdict.WRONG]
        told = [_say(row) for row in wrong[:_MOST_TOLD]]
        more = len(wrong) - len(told)
        if more:
            told.append(f"and {more} more rows like these")
        super().__init__(
            "\n".join(
                [
                    f"{file}: {len(wrong)} of {len(plan.rows)} rows are wrong, so nothing was taken in.",
                    *told,
                    "Mend them in the file, or take in the others alone with --skip-wrong.",
                ]
            )
        )


@click.group(
    name="source",
    help="Who refers, by the code on their sheets: add, import, export, list, remove.",
)
def command() -> None:
    """The group itself does nothing."""


@command.command(name="add", help="Give an office a code: its form then knows who writes.")
@click.argument("code")
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    default=SourceKind.OFFICE.value,
    help="What it is; only those who treat may learn outcomes by the patient's tick alone.",
)
@click.option("--poster", is_flag=True, help="The code hangs on a wall, so it vouches for nobody.")
def add(code: str, name: str, kind: str, *, poster: bool) -> None:
    settings, ledger = _open()
    checked = Source(code, name.strip())  # as the printing room checks it: a code goes on paper
    if checked.code.lower() in WORDS_OF_ADDRESSES:
        raise UsageError(f"The desk takes “{code}” for a page of its own. Choose another code.")
    with ledger:
        row = ledger.sources.add(
            checked.code, checked.name, SourceKind(kind), public_poster=poster, actor="command"
        )
    _show(row)
    click.echo(f"  office's form   {settings.url}/refer?source={row.code}")
    click.echo(f"  patient's form  {settings.url}/hello?source={row.code}")
    click.echo(f"  its sheets      python build.py --source {row.code} --source-name “{row.name}”")


@command.command(
    name="import", help="Take in offices and people from an address book: CSV or vCards."
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what each row would change.")
@click.option("--skip-wrong", is_flag=True, help="Leave out the rows that are wrong.")
@click.option("--inbox", default="", help="Whose key notes are sealed to, if there are several.")
def import_file(file: Path, inbox: str, *, dry_run: bool, skip_wrong: bool) -> None:
    """All of the file or, when a row is wrong, nothing."""
    settings, ledger = _open()
    entries = read_contacts(_read(file))
    with ledger:
        today = load_practice(settings.practice).today(dt.datetime.now(dt.UTC))
        book = ledger.address_book
        plan = plan_contacts(entries, book.all(), book.people(), today, codes=book.codes())
        if dry_run:
            _show_plan(plan)
            return
        if plan.count(Verdict.WRONG) and not skip_wrong:
            raise RowsRefused(file, plan)
        if plan.changes_something:
            sealed_to = _inbox_id(ledger, inbox) if plan.notes else ""
            take_in(ledger, plan, sealed_to, today, actor="command")
    click.echo(_say_counts(plan))


@command.command(name="export", help="Save all offices and people as a table for a spreadsheet.")
@click.argument("target", default=_DASH)
def export(target: str) -> None:
    """TARGET is a file that does not exist yet, or - for the screen. Notes stay sealed."""
    _, ledger = _open()
    with ledger:
        cards = ledger.address_book.all()
        table = write_csv(table_of(cards, ledger.address_book.people()))
        ledger.audit.note("sources.exported", actor="command", detail=f"count={len(cards)}")
    if target == _DASH:
        sys.stdout.write(table)
        return
    try:
        with Path(target).open("x", encoding="utf-8-sig", newline="") as written:
            written.write(table)
    except FileExistsError as error:
        raise UsageError(f"{target} is there already. Name a new file.") from error
    except OSError as error:
        raise MachineError(f"{target} cannot be written ({error.strerror}).") from error
    click.echo(f"{target}: {len(cards)} sources.")


@command.command(name="list", help="All sources, by name.")
def show_all() -> None:
    _, ledger = _open()
    with ledger:
        rows = ledger.sources.all()
    for row in rows:
        _show(row)
    if not rows:
        click.echo("No source has a code yet. Add one: python -m form_server source add CODE NAME")


@command.command(name="remove", help="Forget a code that nobody has used.")
@click.argument("code")
def remove(code: str) -> None:
    _, ledger = _open()
    with ledger:
        gone = ledger.sources.remove(code, actor="command")
    click.echo(f"{gone.code} ({gone.name}) is no code any more. What is printed with it is waste.")


def _show(row: Row) -> None:
    poster = ", on a poster" if row.public_poster else ""
    click.echo(f"{row.code}  {row.name} ({row.kind.value}{poster})")


def _show_plan(plan: Plan) -> None:
    for row in plan.rows:
        click.echo(_say(row))
    if plan.left_out:
        click.echo(f"Columns that are left out: {', '.join(plan.left_out)}.")
    click.echo(f"{_say_counts(plan)} Nothing was changed: this was a dry run.")


def _say(row: PlannedRow) -> str:
    says = "; ".join(row.says)
    return f"  row {row.number}  {row.verdict.value}  {row.name}" + (f": {says}" if says else "")


def _say_counts(plan: Plan) -> str:
    counts = {verdict: plan.count(verdict) for verdict in Verdict}
    known = counts[Verdict.SAME] + counts[Verdict.JOINS]
    parts = [f"{len(plan.new)} added", f"{known} known already"]
    for verdict, words in ((Verdict.SKIPPED, "without an office"), (Verdict.WRONG, "wrong")):
        if counts[verdict]:
            parts.append(f"{counts[verdict]} {words}")
    return f"{', '.join(parts)}."


def _inbox_id(ledger: Ledger, named: str) -> str:
    # Late: keys are needed for notes only.
    from form_server.commands.asking import choose_inboxes

    chosen = choose_inboxes(ledger, (named,) if named else ())
    return chosen[0]


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}.") from error
    except OSError as error:
        raise MachineError(f"{file} cannot be read ({error.strerror}).") from error


def _open() -> tuple[Settings, Ledger]:
    settings = Settings.from_env(os.environ)
    return settings, open_ledger(settings)
