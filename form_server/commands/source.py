"""`source`: who was handed the practice's cards and guides, each under the code printed on them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from form_server.commands.standing import open_ledger
from form_server.ledger import Ledger, SourceKind
from form_server.ledger import Source as Row
from form_server.settings import Settings
from outreach_kit.paper import Source
from outreach_kit.publish.sources import load_sources


@click.group(
    name="source", help="Who refers, by the code on their sheets: add, import, list, remove."
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
    with ledger:
        row = ledger.sources.add(
            checked.code, checked.name, SourceKind(kind), public_poster=poster, actor="command"
        )
    _show(row)
    click.echo(f"  office's form   {settings.url}/refer?source={row.code}")
    click.echo(f"  patient's form  {settings.url}/hello?source={row.code}")
    click.echo(f"  its sheets      python build.py --source {row.code} --source-name “{row.name}”")


@command.command(name="import", help="Add every office of a CSV file (code,name) that is new.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def import_file(file: Path) -> None:
    _, ledger = _open()
    offices = load_sources(file)
    with ledger:
        new = [one for one in offices if ledger.sources.get(one.code) is None]
        for one in new:
            _show(ledger.sources.add(one.code, one.name, actor="command"))
    click.echo(f"{len(new)} added, {len(offices) - len(new)} known already.")


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


def _open() -> tuple[Settings, Ledger]:
    settings = Settings.from_env(os.environ)
    return settings, open_ledger(settings)
