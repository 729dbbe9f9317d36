"""`init`: the keys, the first user, the recovery sheet. Once for each installation."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from form_server.commands.asking import require_email
from form_server.commands.sheet_file import ask_groups_back, require_sheet_path, write_sheet
from form_server.expected import require_expected_state
from form_server.first_owner import invite_first_owner
from form_server.founding import found, require_founded, require_unfounded
from form_server.ledger import Ledger
from form_server.recovery_sheet import note_sheet
from form_server.settings import Settings
from form_server.state_folder import make_state_folder
from form_server.vault import RecoverySecret, ServerKey
from outreach_kit.errors import UsageError
from outreach_kit.practice import load_practice


def _replace_key(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Instead of all else that `init` does; eager, so that nothing is asked."""
    if not wanted:
        return
    settings = Settings.from_env(os.environ)
    if settings.key_file.exists():
        raise UsageError(f"{settings.key_file} is there; nothing was changed. Move it aside first.")
    with Ledger.open(settings.database_url, clock=lambda: dt.datetime.now(dt.UTC)) as ledger:
        ledger.require_current_schema()
        require_founded(ledger)
    made = ServerKey.load_or_create(settings.key_file)
    click.echo(
        f"A new server key: {settings.key_file}. Referrals open as before. What waited to be sent "
        "cannot go out and is shown at the desk; links to status pages lead nowhere any more."
    )
    click.echo(f"If HANDOFF_KEY_FINGERPRINT is set, set it to {made.fingerprint}.")
    context.exit()


def _invite_owner(context: click.Context, _parameter: click.Parameter, email: str) -> None:
    """Instead of making the keys here: whoever hosts the server then holds none of them."""
    if not email:
        return
    settings = Settings.from_env(os.environ)
    require_expected_state(settings)
    load_practice(settings.practice)
    email = require_email(email)
    make_state_folder(settings.var)
    now = dt.datetime.now(dt.UTC)
    with Ledger.open(settings.database_url, clock=lambda: now) as ledger:
        ledger.migrate()
        require_unfounded(ledger)  # before a key is made: another one would hide that it is lost
        server_key = ServerKey.load_or_create(settings.key_file)
        invited = invite_first_owner(ledger, email=email, now=now)
    click.echo(f"\nFor {email} alone, good once, until {invited.expires_at:%Y-%m-%d %H:%M} UTC:\n")
    click.echo(f"    {settings.url}/desk/begin/{invited.secret.token}\n")
    click.echo("Hand it over where nobody else reads it: whoever takes it up owns the desk.")
    click.echo(f"The server's key: {settings.key_file}, fingerprint {server_key.fingerprint}")
    click.echo(
        f"Set HANDOFF_KEY_FINGERPRINT={server_key.fingerprint}, so that a lost or unmounted disk is "
        "noticed."
    )
    click.echo("Next: python -m form_server serve. Until then, and until the link is taken up,")
    click.echo("offices that send a referral are told to phone.")
    context.exit()


@click.command(name="init", help="Make the keys, the first user and the recovery sheet.")
@click.option(
    "--invite",
    default="",
    is_eager=True,
    expose_value=False,
    metavar="EMAIL",
    callback=_invite_owner,
    help="Make a link for the owner instead, who then makes the keys: you hold none of them.",
)
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
@click.option(
    "--new-server-key",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_replace_key,
    help="Only make another server key, when it is lost and no copy is left.",
)
def command(name: str, email: str, sheet: Path, *, unattended: bool) -> None:
    settings = Settings.from_env(os.environ)
    require_expected_state(settings)
    practice = load_practice(settings.practice)
    email = require_email(email)
    sheet = require_sheet_path(sheet, settings.var)
    make_state_folder(settings.var)
    with Ledger.open(settings.database_url, clock=lambda: dt.datetime.now(dt.UTC)) as ledger:
        ledger.migrate()
        require_unfounded(ledger)  # before a key is made: another one would hide that it is lost
        server_key = ServerKey.load_or_create(settings.key_file)
        # On paper first: keys whose sheet was never written, and whose words were never shown,
        # would open nothing, ever.
        recovery = RecoverySecret.generate()
        write_sheet(sheet, recovery, practice, name)
        try:
            founding = found(ledger, practice, name=name, email=email, recovery=recovery)
        except BaseException:
            sheet.unlink()
            raise
        note_sheet(ledger, sheet)
    click.echo(
        f"\nYour passphrase, six words. Write it down now; it is kept nowhere:\n\n    {founding.passphrase}\n"
    )
    click.echo(f"The recovery sheet: {sheet}\nPrint it, lock it away, then delete the file.\n")
    if not unattended:
        ask_groups_back(founding.recovery)
    click.echo(f"The server's key: {settings.key_file}, fingerprint {server_key.fingerprint}")
    click.echo(
        f"Set HANDOFF_KEY_FINGERPRINT={server_key.fingerprint}, so that a lost or unmounted disk is "
        "noticed."
    )
    click.echo("Next: python -m form_server doctor, then serve")
