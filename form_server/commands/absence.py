"""`absence`: when somebody is away, and who answers meanwhile."""

from __future__ import annotations

import datetime as dt
import os

import click

from form_server.absences import add_absence
from form_server.commands.standing import open_ledger
from form_server.ledger import Leave, Ledger
from form_server.recipients import choose_inbox
from form_server.settings import Settings
from outreach_kit.practice import Practice, load_practice

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(name="absence", help="When somebody is away, and who covers: add, list, remove.")
def command() -> None:
    """The group itself does nothing."""


@command.command(
    name="add", help="Whole days, both included, like --from 2026-12-21 --until 2027-01-02."
)
@click.option("--inbox", default="", help="The clinician's slug or the inbox's id, if several.")
@click.option("--from", "first", type=_DAY, required=True, help="The first day away.")
@click.option("--until", "last", type=_DAY, required=True, help="The last day away.")
@click.option("--cover", default="", help="E-mail of a user who can open the inbox; told first.")
@click.option("--cover-inbox", default="", help="The inbox that takes new referrals meanwhile.")
def add(inbox: str, first: dt.datetime, last: dt.datetime, cover: str, cover_inbox: str) -> None:
    practice, ledger = _open()
    with ledger:
        leave = add_absence(
            ledger,
            practice,
            choose_inbox(ledger, inbox),
            first.date(),
            last.date(),
            cover_email=cover,
            cover_inbox=choose_inbox(ledger, cover_inbox) if cover_inbox else None,
            actor="command",
        )
        click.echo(_say(ledger, leave))
    if not leave.is_covered:
        click.echo("Nobody covers: promises do not count these days, and offices are told so.")


@command.command(name="list", help="Absences that are not over, soonest first.")
def show_all() -> None:
    practice, ledger = _open()
    with ledger:
        coming = ledger.leaves.ending_from(practice.today(dt.datetime.now(dt.UTC)))
        for leave in coming:
            click.echo(_say(ledger, leave))
    if not coming:
        click.echo("Nobody is away.")


@command.command(name="remove", help="Back earlier, or it was a mistake.")
@click.argument("absence_id", metavar="ID")
def remove(absence_id: str) -> None:
    _, ledger = _open()
    with ledger:
        ledger.leaves.remove(absence_id, actor="command")
    click.echo("Taken back. Promises that were made meanwhile stand.")


def _say(ledger: Ledger, leave: Leave) -> str:
    cover = "nobody covers"
    if leave.cover_user_id:
        cover = f"{ledger.people.user(leave.cover_user_id).name} covers"
    elif leave.cover_inbox_id:
        cover = f"the inbox of {ledger.inboxes.get(leave.cover_inbox_id).name} covers"
    name = ledger.inboxes.get(leave.inbox_id).name
    return f"{leave.id}  {name}: {leave.first_on} to {leave.last_on}, {cover}"


def _open() -> tuple[Practice, Ledger]:
    settings = Settings.from_env(os.environ)
    practice = load_practice(settings.practice)
    return practice, open_ledger(settings)
