"""What commands about keys ask for: whose key, by six words or by the recovery sheet.

No secret comes by the command line itself, where other programs and the shell's history see it: it
is typed, or read from a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from form_server.commands.standing import open_ledger
from form_server.keys import Keyholder, find_inbox, find_user, open_sheet, open_user
from form_server.ledger import Ledger, Role
from form_server.settings import Settings
from form_server.vault import RecoveryMistyped, RecoverySecret
from outreach_kit.errors import MachineError, UsageError
from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import check_email

_GROUPS: Final = 8
_LONGEST_FILE: Final = 4096
_Command = TypeVar("_Command", bound=Callable[..., Any])


@contextmanager
def opened() -> Iterator[tuple[Settings, Ledger]]:
    """The ledger of this installation, with the tables that this version needs."""
    settings = Settings.from_env(os.environ)
    with open_ledger(settings) as ledger:
        yield settings, ledger


def by_somebody(command: _Command) -> _Command:
    """Adds the options that say whose key is used."""
    for option in (
        click.option(
            "--sheet-file",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A file with the eight groups, instead of typing them.",
        ),
        click.option("--sheet", is_flag=True, help="By the recovery sheet instead of six words."),
        click.option(
            "--passphrase-file",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A file with your six words, instead of typing them.",
        ),
        click.option("--as", "as_", default="", help="Your e-mail address, if there are several."),
    ):
        command = option(command)
    return command


def keyholder(
    ledger: Ledger,
    *,
    as_: str,
    passphrase_file: Path | None,
    sheet: bool,
    sheet_file: Path | None,
) -> Keyholder:
    """Whoever the options of `by_somebody` name, with their key open."""
    if sheet or sheet_file:
        return open_sheet(ledger, ask_sheet(sheet_file))
    email = as_ or _only_owner(ledger) or click.prompt("Your e-mail address")
    words = _read(passphrase_file) if passphrase_file else _ask_words(email)
    return open_user(ledger, email, words)


def ask_sheet(file: Path | None) -> RecoverySecret:
    """The recovery secret; who types is asked again for the groups that are mistyped only.

    Raises RecoveryMistyped for a file.
    """
    if file is not None:
        return RecoverySecret.parse(_read(file))
    groups = [_ask_group(number) for number in range(1, _GROUPS + 1)]
    while True:
        try:
            return RecoverySecret.parse(" ".join(groups))
        except RecoveryMistyped as slip:
            click.echo(str(slip))
            for number in slip.groups:
                groups[number - 1] = _ask_group(number)


def choose_inboxes(ledger: Ledger, wanted: tuple[str, ...]) -> list[str]:
    """Their ids; the only one there is, when none is named. Raises NoSuchInbox or UsageError."""
    if wanted:
        return [find_inbox(ledger, one).id for one in wanted]
    inboxes = ledger.inboxes.all()
    if len(inboxes) != 1:
        names = ", ".join(one.name for one in inboxes)
        raise UsageError(f"Say which inboxes, each with --inbox: {names}.")
    return [inboxes[0].id]


def user_ids(ledger: Ledger, emails: tuple[str, ...]) -> list[str]:
    """Raises NoSuchUser."""
    return [find_user(ledger, email).id for email in emails]


def require_email(email: str) -> str:
    """As it is kept; raises UsageError for what is none."""
    try:
        return check_email(email.strip())
    except Refused as error:
        raise UsageError(
            f"“{email}” is not an e-mail address. Write it like name@example.org."
        ) from error


def show_words(passphrase: str, whose: str) -> None:
    """The one time that somebody's words are printed."""
    click.echo(
        f"\n{whose} six words. Write them down now; they are kept nowhere:\n\n    {passphrase}\n"
    )


def _only_owner(ledger: Ledger) -> str:
    owners = [user.email for user in ledger.people.users() if user.role is Role.OWNER]
    return owners[0] if len(owners) == 1 else ""


def _ask_words(email: str) -> str:
    words: str = click.prompt(f"The six words of {email}", hide_input=True)
    return words


def _ask_group(number: int) -> str:
    typed: str = click.prompt(f"Group {number} of the sheet")
    return "".join(typed.split())


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as lines:
            return lines.read(_LONGEST_FILE).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError(f"{file} cannot be read. Give a text file that you may read.") from error
