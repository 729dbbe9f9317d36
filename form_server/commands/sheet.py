"""`sheet`: a new recovery sheet in the place of one that was lost, seen or worn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from form_server.commands.asking import by_somebody, keyholder, opened
from form_server.commands.sheet_file import ask_groups_back, require_sheet_path, write_sheet
from form_server.keys import Keyholder, renew_recovery
from form_server.ledger import HolderKind, Ledger, Role
from form_server.recovery_sheet import note_sheet
from form_server.vault import RecoverySecret
from outreach_kit.practice import load_practice


@click.command(name="sheet", help="Make a new recovery sheet; the old one stops working.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    prompt="Where to write the recovery sheet (a PDF, on a stick or in your own documents)",
    help="Where the sheet is written, once; never under HANDOFF_VAR.",
)
@click.option("--unattended", is_flag=True, help="Do not ask to type groups of the sheet back.")
@by_somebody
def command(target: Path, *, unattended: bool, **whose: Any) -> None:
    with opened() as (settings, ledger):
        target = require_sheet_path(target, settings.var)
        practice = load_practice(settings.practice)
        by, secret = keyholder(ledger, **whose), RecoverySecret.generate()
        # On paper first: a sheet that is in use and was never written would open nothing, ever.
        write_sheet(target, secret, practice, _name_on_it(ledger, by))
        try:
            renew_recovery(ledger, by, secret)
        except BaseException:
            target.unlink()
            raise
        note_sheet(ledger, target)
    click.echo(f"The recovery sheet: {target}\nPrint it, lock it away, then delete the file.")
    click.echo("The old sheet opens nothing any more: shred it.\n")
    if not unattended:
        ask_groups_back(secret)


def _name_on_it(ledger: Ledger, by: Keyholder) -> str:
    """Who makes the sheet; the first owner, when the old sheet makes it."""
    if by.kind is HolderKind.USER:
        return by.name
    owners = (user.name for user in ledger.people.users() if user.role is Role.OWNER)
    return next(owners, "")
