"""`restore`: a backup into an empty state, with everything unfinished held until the owner decides."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from form_server.ledger.purging import Deletion
from form_server.safekeeping import DeletionLog, Keys, restore
from form_server.safekeeping.deletions import FILE_NAME
from form_server.settings import Settings
from outreach_kit.errors import MachineError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="restore", help="Bring a backup back into an empty state.")
@click.argument("archive", type=_FILE)
@click.option(
    "--deletions",
    type=_FILE,
    help="The deletions.log of the state that was lost: what it names is deleted again.",
)
@click.option("--server-key", type=_FILE, help="The key file that belongs to the backup.")
@click.option(
    "--new-server-key",
    is_flag=True,
    help="Make another key, when the old one is lost: what waits to be sent cannot go out then.",
)
def command(
    archive: Path, deletions: Path | None, server_key: Path | None, *, new_server_key: bool
) -> None:
    settings = Settings.from_env(os.environ)
    deletions = deletions or _beside(settings)
    done = restore(
        settings,
        archive,
        lambda: dt.datetime.now(dt.UTC),
        keys=Keys(server_key, new_server_key),
        deletions=_read(deletions) if deletions else (),
    )
    counts = done.manifest.counts
    place = settings.var if settings.is_sqlite else "The database"
    click.echo(
        f"{place}: restored as of {done.manifest.made_at:%Y-%m-%d %H:%M} UTC, with "
        f"{counts.get('referral', 0)} referrals; {done.rows} rows, counted table by table."
    )
    if done.broken_chain:
        click.echo(f"Warning: so it was when the backup was made: {done.broken_chain}")
    if done.migrated:
        click.echo("Its tables were brought to this version.")
    if deletions:
        click.echo(f"Deleted again, as {deletions} says: {done.deleted_again}.")
    else:
        click.echo("No list of deletions was given: what was deleted since is there again.")
    if done.held:
        click.echo(
            f"On hold: {done.held} deliveries, because they may have gone out since. Look at them "
            "with: python -m form_server release"
        )
    click.echo("Next: python -m form_server doctor")


def _beside(settings: Settings) -> Path | None:
    """PostgreSQL may be lost alone: then the list lies where the server wrote it."""
    here = settings.var / FILE_NAME
    return here if not settings.is_sqlite and here.is_file() else None


def _read(path: Path) -> list[Deletion]:
    try:
        return DeletionLog(path).read()
    except OSError as error:
        raise MachineError(f"{path} cannot be read ({error.strerror}).") from error
