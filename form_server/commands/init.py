"""`init`: the keys, the first user, the recovery sheet. Once for each installation."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import sys
from pathlib import Path

import click

from form_server.expected import require_expected_state
from form_server.founding import Founding, found
from form_server.ledger import Ledger
from form_server.recovery_sheet import note_sheet
from form_server.settings import Settings
from form_server.vault import RecoverySecret, ServerKey
from outreach_kit.errors import UsageError
from outreach_kit.paper import render_recovery
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.values import check_email


@click.command(name="init", help="Make the keys, the first user and the recovery sheet.")
@click.option("--name", prompt="Your name, as the desk greets you", help="The first user's name.")
@click.option("--email", prompt="Your e-mail address: notices go there", help="Where notices go.")
@click.option(
    "--recovery-sheet",
    "sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    prompt="Where to write the recovery sheet (a PDF, on a stick or in your own documents)",
    help="Where the recovery sheet is written, once; never under HANDOFF_VAR.",
)
@click.option("--unattended", is_flag=True, help="Do not ask to type groups of the sheet back.")
def command(name: str, email: str, sheet: Path, *, unattended: bool) -> None:
    settings = Settings.from_env(os.environ)
    require_expected_state(settings)
    practice = load_practice(settings.practice)
    email = _check_email(email)
    sheet = _check_sheet(sheet, settings.var)
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Ledger.open(settings.database_url, clock=lambda: dt.datetime.now(dt.UTC)) as ledger:
        ledger.migrate()
        server_key = ServerKey.load_or_create(settings.key_file)
        founding = found(ledger, practice, name=name, email=email)
        note_sheet(ledger, sheet)
    _write_sheet(sheet, founding, practice, name)
    click.echo(
        f"\nYour passphrase, six words. Write it down now; it is kept nowhere:\n\n    {founding.passphrase}\n"
    )
    click.echo(f"The recovery sheet: {sheet}\nPrint it, lock it away, then delete the file.\n")
    if not unattended:
        _ask_groups_back(founding.recovery)
    click.echo(f"The server's key: {settings.key_file}, fingerprint {server_key.fingerprint}")
    click.echo(
        f"Set HANDOFF_KEY_FINGERPRINT={server_key.fingerprint}, so that a lost or unmounted disk is "
        "noticed."
    )
    click.echo("Next: python -m form_server doctor, then serve")


def _check_email(email: str) -> str:
    from pydantic_core import PydanticCustomError

    try:
        return check_email(email.strip())
    except PydanticCustomError as error:
        raise UsageError(
            f"“{email}” is not an e-mail address. Write it like name@example.org."
        ) from error


def _check_sheet(sheet: Path, var: Path) -> Path:
    """A place where the sheet may be written: not beside the data that it opens, nothing overwritten."""
    sheet = sheet.expanduser().absolute()
    if sheet.resolve().is_relative_to(var.resolve()):
        raise UsageError(
            f"{sheet} lies beside the data that the sheet opens. Choose another place, like a stick."
        )
    if sheet.exists():
        raise UsageError(f"{sheet} exists already. Choose another name; nothing was made.")
    if not sheet.parent.is_dir():
        raise UsageError(f"There is no folder {sheet.parent}. Make it, or choose another.")
    return sheet


def _write_sheet(sheet: Path, founding: Founding, practice: Practice, name: str) -> None:
    now = dt.datetime.now(dt.UTC)
    content = render_recovery(
        founding.recovery.groups, name, practice.name, practice.today(now), int(now.timestamp())
    )
    handle = os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _ask_groups_back(recovery: RecoverySecret) -> None:
    """Two groups typed back prove that the sheet can be read; the keys stand either way."""
    if not sys.stdin.isatty():
        click.echo(
            "No terminal to type groups back on: open the sheet and check that it can be read."
        )
        return
    numbers = sorted(secrets.SystemRandom().sample(range(1, len(recovery.groups) + 1), 2))
    click.echo(f"Open the sheet and type back groups {numbers[0]} and {numbers[1]}.")
    for number in numbers:
        while not recovery.has_group(number, click.prompt(f"Group {number}")):
            click.echo("Not quite; compare letter by letter.")
    click.echo("Right. The sheet can be read.\n")
