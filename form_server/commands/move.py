"""`move`: a state that has outgrown SQLite, into PostgreSQL, still sealed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from form_server.ledger import ChainBroken, Ledger, ProcessLock, move_ledger
from form_server.settings import Settings
from outreach_kit.errors import MachineError, UsageError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    name="move", help="Move a SQLite state into the PostgreSQL that HANDOFF_DATABASE_URL names."
)
@click.option(
    "--from", "file", type=_FILE, help="The SQLite file (default: handoff.db under HANDOFF_VAR)."
)
def command(file: Path | None) -> None:
    settings = Settings.from_env(os.environ)
    if settings.is_sqlite:
        raise UsageError("Set HANDOFF_DATABASE_URL to the PostgreSQL database to move to.")
    source = file or settings.var / "handoff.db"
    if not source.is_file():
        raise UsageError(f"There is no SQLite ledger at {source}: name it with --from.")
    with ProcessLock(settings.var / "serve.lock", source):
        rows = move_ledger(f"sqlite:///{source}", settings.database_url, _tell)
        with Ledger.open(settings.database_url) as ledger:
            try:
                ledger.audit.verify()
            except ChainBroken as error:
                raise MachineError(
                    f"All rows are there, and the record of what was done does not hold: {error}"
                ) from error
            click.echo(f"{rows} rows moved to {ledger.shown}, read back and the same.")
    click.echo(f"{source} is as it was, and is served no more: keep it until a backup is made.")
    click.echo("Next: python -m form_server doctor, then serve")


def _tell(table: str, rows: int) -> None:
    if rows:
        click.echo(f"  {table}: {rows}")
