"""`inbox`: one for each clinician of a group and one for the front desk, and who can open which."""

from __future__ import annotations

from typing import Any

import click

from form_server.commands.asking import by_somebody, keyholder, opened, user_ids
from form_server.keys import (
    add_inbox,
    find_inbox,
    find_user,
    grant_inbox,
    rotate_inbox,
    ungrant_inbox,
)
from form_server.ledger import HolderKind
from form_server.vault import PublicKey
from outreach_kit.errors import UsageError
from outreach_kit.practice import load_practice


@click.group(name="inbox", help="Where referrals land: add, list, rotate, grant, ungrant.")
def command() -> None:
    """The group itself does nothing."""


@command.command(name="add", help="An inbox of a clinician's own, or of the front desk.")
@click.option("--clinician", default="", help="The slug of the clinician's folder.")
@click.option("--front-desk", is_flag=True, help="For referrals that ask for nobody in particular.")
@click.option("--user", "emails", multiple=True, required=True, help="Who can open it; repeat it.")
@by_somebody
def add(clinician: str, emails: tuple[str, ...], *, front_desk: bool, **whose: Any) -> None:
    if bool(clinician) == front_desk:
        raise UsageError("Say either --clinician SLUG or --front-desk.")
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        whom = practice.clinician(clinician) if clinician else None
        if clinician and whom is None:
            known = ", ".join(one.slug for one in practice.clinicians)
            raise UsageError(f"There is no clinician “{clinician}”. Give one of these: {known}.")
        name = whom.name if whom else "Front desk"
        users = user_ids(ledger, emails)
        add_inbox(
            ledger,
            keyholder(ledger, **whose),
            name=name,
            clinician=clinician or None,
            user_ids=users,
        )
    click.echo(f"{name}: referrals land there from now on, and notices go to {', '.join(emails)}.")
    click.echo("What came in before stays where it is.")


@command.command(name="list", help="Each inbox, the fingerprint of its key, and who can open it.")
def show() -> None:
    with opened() as (_, ledger):
        users = ledger.people.users()
        held = {
            user.id: {
                (one.inbox_id, one.version)
                for one in ledger.inboxes.grants_for(HolderKind.USER, user.id)
            }
            for user in users
        }
        inboxes = ledger.inboxes.all()
        if not inboxes:
            click.echo("There is no inbox yet. Run: python -m form_server init")
        for inbox in inboxes:
            key = ledger.inboxes.active_key(inbox.id)
            fingerprint = PublicKey.from_bytes(key.public_key).fingerprint
            who = [user.name for user in users if (inbox.id, key.version) in held[user.id]]
            click.echo(f"{inbox.name} ({inbox.clinician or 'front desk'}), {inbox.id}")
            click.echo(f"  key {key.version}: {fingerprint}; opened by {', '.join(who)}")


@command.command(name="rotate", help="A new key for what comes in from now on.")
@click.argument("inbox")
@by_somebody
def rotate(inbox: str, **whose: Any) -> None:
    with opened() as (_, ledger):
        where = find_inbox(ledger, inbox)
        version = rotate_inbox(ledger, keyholder(ledger, **whose), where.id)
    click.echo(f"{where.name}: key {version} is in use; older referrals open as before.")


@command.command(name="grant", help="Let a user open an inbox, with all that lies in it.")
@click.argument("inbox")
@click.option("--to", "email", required=True, help="The user's e-mail address.")
@by_somebody
def grant(inbox: str, email: str, **whose: Any) -> None:
    with opened() as (_, ledger):
        where, user = find_inbox(ledger, inbox), find_user(ledger, email)
        grant_inbox(ledger, keyholder(ledger, **whose), where.id, user.id)
    click.echo(f"{user.name} can open {where.name}.")


@command.command(name="ungrant", help="Close an inbox to a user, and change its lock.")
@click.argument("inbox")
@click.option("--from", "email", required=True, help="The user's e-mail address.")
@by_somebody
def ungrant(inbox: str, email: str, **whose: Any) -> None:
    with opened() as (_, ledger):
        where, user = find_inbox(ledger, inbox), find_user(ledger, email)
        version = ungrant_inbox(ledger, keyholder(ledger, **whose), where.id, user.id)
    click.echo(f"{user.name} cannot open {where.name} any more; key {version} is in use.")
