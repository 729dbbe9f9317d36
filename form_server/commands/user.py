"""`user`: who can sign in at the desk, and a way back in for who cannot any more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import click

from form_server.commands.asking import (
    ask_sheet,
    by_somebody,
    choose_inboxes,
    keyholder,
    opened,
    require_email,
    show_words,
)
from form_server.keys import (
    add_user,
    find_user,
    invite,
    readmit,
    remove_user,
    reset_second_factor,
)
from form_server.ledger import HolderKind, Ledger, Role

_ROLES: Final = [role.value for role in Role]


@click.group(name="user", help="Who can sign in: add, list, remove, invite, recover, second-step.")
def command() -> None:
    """The group itself does nothing."""


def about_somebody(function: Any) -> Any:
    """The options that describe a user to be."""
    for option in (
        click.option("--inbox", "inboxes", multiple=True, help="What they can open; repeat it."),
        click.option(
            "--role",
            type=click.Choice(_ROLES),
            default=Role.CLINICIAN.value,
            help="Owners set the desk up; clinicians and intake staff work at it.",
        ),
        click.option("--email", prompt="Their e-mail address", help="What they sign in with."),
        click.option(
            "--name", prompt="Their name, as the desk greets them", help="As the desk greets them."
        ),
    ):
        function = option(function)
    return function


@command.command(name="add", help="Add a user beside you, and show their six words once.")
@about_somebody
@by_somebody
def add(name: str, email: str, role: str, inboxes: tuple[str, ...], **whose: Any) -> None:
    with opened() as (_, ledger):
        joined = add_user(
            ledger,
            keyholder(ledger, **whose),
            name=name,
            email=require_email(email),
            role=Role(role),
            inbox_ids=choose_inboxes(ledger, inboxes),
        )
    show_words(joined.passphrase, f"{name},")


@command.command(name="invite", help="Make a link by which somebody takes words of their own.")
@about_somebody
@by_somebody
def invite_(name: str, email: str, role: str, inboxes: tuple[str, ...], **whose: Any) -> None:
    with opened() as (settings, ledger):
        invited = invite(
            ledger,
            keyholder(ledger, **whose),
            name=name,
            email=require_email(email),
            role=Role(role),
            inbox_ids=choose_inboxes(ledger, inboxes),
            now=dt.datetime.now(dt.UTC),
        )
    click.echo(f"\nFor {name} alone, good once, until {invited.expires_at:%Y-%m-%d %H:%M} UTC:\n")
    click.echo(f"    {settings.url}/desk/invitations/{invited.secret.token}\n")
    click.echo("Hand it over where nobody else reads it: whoever opens it first is in.")


@command.command(name="list", help="Who can sign in, and what they can open.")
def show() -> None:
    with opened() as (_, ledger):
        users = ledger.people.users()
        if not users:
            click.echo("Nobody can sign in yet. Run: python -m form_server init")
        for user in users:
            devices = len(ledger.passkeys.of_user(user.id))
            also = f", {devices} passkey{'s' if devices != 1 else ''}" if devices else ""
            click.echo(f"{user.name} <{user.email}>, {_say(user.role)}{also}")
            click.echo(f"  opens: {', '.join(_opens(ledger, user.id)) or 'nothing'}")
        for one in ledger.invitations.pending():
            until = f"{one.expires_at:%Y-%m-%d %H:%M} UTC"
            click.echo(f"{one.name} <{one.email}>, {_say(one.role)}, invited until {until}")


@command.command(name="remove", help="End a user's access at once, and change the locks.")
@click.argument("email")
@by_somebody
def remove(email: str, **whose: Any) -> None:
    with opened() as (_, ledger):
        leaving = find_user(ledger, email)
        done = remove_user(ledger, keyholder(ledger, **whose), leaving.id)
        names = {one.id: one.name for one in ledger.inboxes.all()}
    click.echo(f"{leaving.name} cannot sign in any more; sessions and passkeys have ended.")
    for inbox_id in done.rotated:
        click.echo(f"{names[inbox_id]}: what comes in from now on has a new key.")
    for inbox_id in done.taken_over:
        click.echo(
            f"{names[inbox_id]}: nobody else could open it, so you can open what comes in. For "
            f"what lies in it: python -m form_server inbox grant {inbox_id} --to YOU --sheet"
        )


@command.command(name="recover", help="Six new words for who lost theirs, by the recovery sheet.")
@click.option(
    "--email", prompt="The e-mail address of the user who lost their words", help="Who lost them."
)
@click.option(
    "--sheet-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with the eight groups, instead of typing them.",
)
def recover(email: str, sheet_file: Path | None) -> None:
    with opened() as (_, ledger):
        user = find_user(ledger, email)
        back = readmit(ledger, ask_sheet(sheet_file), email=email)
    show_words(back.passphrase, f"{user.name},")
    click.echo("The lost words, all sessions and passkeys of this user have ended.")


@command.command(name="second-step", help="End the second step of who lost their phone.")
@click.argument("email")
@by_somebody
def second_step(email: str, **whose: Any) -> None:
    with opened() as (_, ledger):
        user = find_user(ledger, email)
        had_one = reset_second_factor(ledger, keyholder(ledger, **whose), user.id)
    if had_one:
        click.echo(f"{user.name} signs in with six words alone again; all sessions have ended.")
    else:
        click.echo(f"{user.name} had no second step; nothing was changed.")


def _opens(ledger: Ledger, user_id: str) -> list[str]:
    held = {one.inbox_id for one in ledger.inboxes.grants_for(HolderKind.USER, user_id)}
    return [one.name for one in ledger.inboxes.all() if one.id in held]


def _say(role: Role) -> str:
    return role.value.replace("_", " ")
