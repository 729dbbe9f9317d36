"""`export colleagues`: those who agreed to be listed, into the practice folder for the website."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from form_server.commands.asking import opened
from form_server.desk.colleagues.listed import list_agreed
from outreach_kit.errors import MachineError, UsageError
from outreach_kit.practice import load_practice
from outreach_kit.practice.colleagues_text import COLLEAGUES_FILE, MARK, render_colleagues


@click.command(name="colleagues", help="Those who agreed to be listed, for the website.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def export_colleagues(folder: Path | None) -> None:
    """Writes colleagues.toml into FOLDER, or into the practice folder that this server reads.

    The file is the desk's own and is written anew each time; one that somebody else wrote is left.
    """
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        today = practice.today(dt.datetime.now(dt.UTC))
        listing = list_agreed(ledger.colleagues.all(), practice, today)
        target = (folder or settings.practice) / COLLEAGUES_FILE
        _write(target, render_colleagues(listing.file))
        count = len(listing.file.colleague)
        ledger.audit.note("colleagues.listed", actor="command", detail=f"count={count}")
    for name in listing.refused:
        click.echo(f"{name} is left out: the phone or a link is not one. Mend it at the desk.")
    who = "1 colleague" if count == 1 else f"{count} colleagues"
    click.echo(f"{target}: {who}. Build the website anew to show them.")


def _write(target: Path, text: str) -> None:
    """Beside, then swapped in. Raises UsageError where somebody else's file stands."""
    beside = target.with_name(f".{target.name}.part")
    try:
        if target.exists() and MARK not in target.read_text(encoding="utf-8"):
            raise UsageError(
                f"{target} was not written by the desk. Move it away, and add whom it names at the desk."
            )
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MachineError(
            f"{target} cannot be written: {error.strerror}. Name a folder that you may write to."
        ) from error
