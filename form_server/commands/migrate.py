"""`migrate`: safe to run twice, and before every start of a new version."""

from __future__ import annotations

import datetime as dt
import os

import click

from form_server.ledger import Ledger
from form_server.settings import Settings
from form_server.state_folder import make_state_folder


@click.command(name="migrate", help="Bring the store to this version's tables.")
def command() -> None:
    settings = Settings.from_env(os.environ)
    make_state_folder(settings.var)
    with Ledger.open(settings.database_url, clock=lambda: dt.datetime.now(dt.UTC)) as ledger:
        ledger.migrate()
        click.echo(f"{ledger.shown}: the tables are up to date.")
