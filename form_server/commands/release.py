"""`release`: what a restore keeps on hold goes out, or is dropped, as the owner says."""

from __future__ import annotations

import os

import click

from form_server.commands.standing import open_ledger
from form_server.ledger import Channel, Delivery
from form_server.settings import Settings
from outreach_kit.errors import UsageError

_COMMAND = "command"


@click.command(name="release", help="Decide about what a restore keeps on hold.")
@click.argument("deliveries", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="All of them, instead of the ones named.")
@click.option("--drop", is_flag=True, help="End them unsent, instead of sending them.")
def command(deliveries: tuple[str, ...], *, everything: bool, drop: bool) -> None:
    """Without an ID and without --all: shows what is on hold."""
    settings = Settings.from_env(os.environ)
    with open_ledger(settings) as ledger:
        held = ledger.holding.held()
        if not held:
            click.echo("Nothing is on hold.")
        elif not (deliveries or everything):
            _show(held)
        else:
            chosen = _choose(held, deliveries)
            if drop:
                click.echo(f"Dropped: {ledger.holding.drop(chosen, actor=_COMMAND)}.")
            else:
                released = ledger.holding.release(chosen, actor=_COMMAND)
                click.echo(f"Released: {released}. They go out while the server runs.")


def _choose(held: list[Delivery], wanted: tuple[str, ...]) -> list[str]:
    known = {one.id for one in held}
    if unknown := [one for one in wanted if one not in known]:
        raise UsageError(f"Not on hold: {', '.join(unknown)}. See: python -m form_server release")
    return list(wanted)


def _show(held: list[Delivery]) -> None:
    for one in held:
        about = f" about {one.referral_id}" if one.referral_id else ""
        way = "work by the clock" if one.channel is Channel.NONE else f"by {one.channel.value}"
        click.echo(f"{one.id}  {one.created_at:%Y-%m-%d %H:%M} UTC  {one.kind.value} {way}{about}")
    click.echo(
        f"\n{len(held)} on hold. Send them with: python -m form_server release --all (or by ID), "
        "drop them with --drop."
    )
