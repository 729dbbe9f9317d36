"""`times`: times that clinicians hold for a first call, which the forms offer."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import Final

import click

from form_server.commands.standing import open_ledger
from form_server.ledger import FirstCall, Ledger
from form_server.settings import Settings
from outreach_kit.errors import UsageError
from outreach_kit.practice import Practice, load_practice

_SHAPE: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")


@click.group(name="times", help="Times held for a first call: add, list, remove.")
def command() -> None:
    """The group itself does nothing."""


@command.command(name="add", help="Hold times, like “2026-11-24 14:30” on the practice's clock.")
@click.argument("when", nargs=-1, required=True)
@click.option(
    "--clinician", default="", help="The clinician's slug; needed where there are several."
)
def add(when: tuple[str, ...], clinician: str) -> None:
    practice, ledger = _open()
    with ledger:
        slug = _choose(practice, clinician)
        now = dt.datetime.now(dt.UTC)
        moments = [_read(text, practice, now) for text in when]  # all of them before any is held
        for moment in moments:
            _show(ledger.first_calls.add(slug, moment, actor="command"), practice)


@command.command(name="list", help="All times that lie ahead, free or taken.")
def show_all() -> None:
    practice, ledger = _open()
    with ledger:
        coming = ledger.first_calls.coming()
    for held in coming:
        _show(held, practice)
    if not coming:
        click.echo("No time is held. Hold one: python -m form_server times add “2026-11-24 14:30”")


@command.command(name="remove", help="Give up a time that is still free.")
@click.argument("held_id", metavar="ID")
def remove(held_id: str) -> None:
    _, ledger = _open()
    with ledger:
        ledger.first_calls.remove(held_id, actor="command")
    click.echo("Given up: nobody is offered it any more.")


def _read(text: str, practice: Practice, now: dt.datetime) -> dt.datetime:
    """The moment in UTC. Raises UsageError for what is no time, never comes, or has passed."""
    try:
        wall = dt.datetime.fromisoformat(text.strip()) if _SHAPE.fullmatch(text.strip()) else None
        moment = wall and wall.replace(tzinfo=practice.time_zone).astimezone(dt.UTC)
    except (ValueError, OverflowError):  # the last evening of the year 9999 has no UTC
        moment = None
    if moment is None:
        raise UsageError(f"“{text}” is no time. Write it like “2026-11-24 14:30”.")
    if moment.astimezone(practice.time_zone).replace(tzinfo=None) != wall:
        raise UsageError(f"“{text}” never comes: the clocks skip it. Choose another time.")
    if moment <= now:
        raise UsageError(f"“{text}” has passed. Choose a time that lies ahead.")
    return moment


def _choose(practice: Practice, slug: str) -> str:
    known = [one.slug for one in practice.clinicians]
    if not slug and len(known) == 1:
        return known[0]
    if slug not in known:
        what = f"“{slug}” is no clinician here" if slug else "There are several clinicians"
        raise UsageError(f"{what}. Say --clinician with one of: {', '.join(known)}.")
    return slug


def _show(held: FirstCall, practice: Practice) -> None:
    local = held.starts_at.astimezone(practice.time_zone)
    state = "taken" if held.taken_by else "free"
    click.echo(f"{held.id}  {local:%a %Y-%m-%d %H:%M}  {held.clinician}  {state}")


def _open() -> tuple[Practice, Ledger]:
    settings = Settings.from_env(os.environ)
    practice = load_practice(settings.practice)
    return practice, open_ledger(settings)
