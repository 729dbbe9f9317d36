"""`backup`: the state in one file, made while the server serves, and sealed as the state is."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from form_server.commands.standing import require_state
from form_server.safekeeping import back_up
from form_server.settings import Settings


@click.command(name="backup", help="Copy the state into one sealed file, while serving.")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--with-server-key",
    is_flag=True,
    help="Put the server's key in it too; then guard the file like the server itself.",
)
def command(target: Path, *, with_server_key: bool) -> None:
    """TARGET is a folder, or the new file's name."""
    settings = Settings.from_env(os.environ)
    require_state(settings)
    made = back_up(
        settings, target, lambda: dt.datetime.now(dt.UTC), with_server_key=with_server_key
    )
    counts = made.manifest.counts
    click.echo(
        f"{made.archive}: {made.size / 1e6:.1f} MB, {counts.get('referral', 0)} referrals, "
        f"{counts.get('delivery', 0)} deliveries, sealed."
    )
    if with_server_key:
        click.echo(
            "Warning: the server's key is in it. Whoever has this file can read what waits to be "
            "sent, and answer as this server: keep it where you would keep the key."
        )
    else:
        click.echo(
            f"The server's key ({made.manifest.server_key}) is not in it. Keep a copy of "
            f"{settings.key_file} somewhere else, once."
        )
    click.echo("The recovery sheet is in no backup: it stays on paper.")
