"""`recipient`: whom an inbox's notices go to, and whether they arrive there."""

from __future__ import annotations

import datetime as dt
import os

import click

from form_server.commands.standing import open_ledger
from form_server.delivering import make_channels
from form_server.delivery import Sent
from form_server.ledger import Channel as Way
from form_server.ledger import Ledger
from form_server.recipients import (
    WAYS,
    add_recipient,
    check_address,
    choose_inbox,
    find_recipient,
    remove_recipient,
    say_outcome,
    send_test,
    shown_address,
)
from form_server.settings import Settings
from outreach_kit.practice import load_practice


@click.group(name="recipient", help="Whom notices go to: add, list, remove, test.")
def command() -> None:
    """The group itself does nothing."""


@command.command(name="add", help="Tell one more address of each referral to an inbox.")
@click.option("--inbox", default="", help="The clinician's slug or the inbox's id, if several.")
@click.option(
    "--channel",
    type=click.Choice([way.value for way in WAYS]),
    default=Way.EMAIL.value,
    help="By which way; the address is of that kind.",
)
@click.option(
    "--address",
    prompt="The address (e-mail, Apprise URL, or https:// of a webhook)",
    help="Asked for when left out, which keeps a token out of the shell's history.",
)
@click.option("--user", default="", help="E-mail address of the user whom this address reaches.")
def add(inbox: str, channel: str, address: str, user: str) -> None:
    settings, ledger = _open()
    with ledger:
        way = Way(channel)
        where = choose_inbox(ledger, inbox)
        checked = check_address(way, address, settings)
        added = add_recipient(ledger, where, way, checked, email_of_user=user)
    click.echo(f"{where.name}: {way.value} to {shown_address(added)}, as {added.id}.")
    click.echo(f"See whether it arrives: python -m form_server recipient test {added.id}")


@command.command(name="list", help="All recipients, by inbox, first told first.")
def show() -> None:
    _, ledger = _open()
    with ledger:
        names = {user.id: user.name for user in ledger.people.users()}
        for inbox in ledger.inboxes.all():
            click.echo(f"{inbox.name} ({inbox.clinician or inbox.id})")
            for one in ledger.inboxes.recipients(inbox.id):
                who = f"  {names[one.user_id]}" if one.user_id in names else ""
                click.echo(f"  {one.id}  {one.channel.value:8} {shown_address(one)}{who}")


@command.command(name="remove", help="Tell an address no more; the last one of an inbox stays.")
@click.argument("recipient_id", metavar="ID")
def remove(recipient_id: str) -> None:
    _, ledger = _open()
    with ledger:
        gone = remove_recipient(ledger, recipient_id)
    click.echo(f"{shown_address(gone)} is not told any more.")


@command.command(name="test", help="Send a test message to a recipient, now, and say what became.")
@click.argument("recipient_id", metavar="ID")
def test(recipient_id: str) -> None:
    settings, ledger = _open()
    with ledger:
        _, recipient = find_recipient(ledger, recipient_id)
    channel = make_channels(settings).get(recipient.channel)
    if channel is None:
        click.echo(f"The channel {recipient.channel.value} is not set up here: see the settings.")
        raise SystemExit(1)
    now = dt.datetime.now(dt.UTC)
    practice = load_practice(settings.practice)
    outcome = send_test(channel, recipient, settings, practice.name, now)
    click.echo(f"{recipient.channel.value} to {shown_address(recipient)}: {say_outcome(outcome)}")
    if not isinstance(outcome, Sent):
        raise SystemExit(1)


def _open() -> tuple[Settings, Ledger]:
    settings = Settings.from_env(os.environ)
    return settings, open_ledger(settings)
