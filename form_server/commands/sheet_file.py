"""The recovery sheet as a file: where it may lie, its making, and the proof that it can be read."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import sys
from pathlib import Path

import click

from form_server.vault import RecoverySecret
from outreach_kit.errors import UsageError
from outreach_kit.paper import render_recovery
from outreach_kit.practice import Practice


def require_sheet_path(sheet: Path, var: Path) -> Path:
    """A place where the sheet can be written, and may be: not beside what it opens, nothing overwritten."""
    sheet = sheet.expanduser().absolute()
    if sheet.resolve().is_relative_to(var.resolve()):
        raise UsageError(
            f"{sheet} lies beside the data that the sheet opens. Choose another place, like a stick."
        )
    if sheet.exists():
        raise UsageError(f"{sheet} exists already. Choose another name; nothing was made.")
    if not sheet.parent.is_dir():
        raise UsageError(f"There is no folder {sheet.parent}. Make it, or choose another.")
    _require_writable(sheet)
    return sheet


def _require_writable(sheet: Path) -> None:
    """Tried out before any key is made: those of a sheet that cannot be written are lost at once."""
    try:
        sheet.touch(0o600, exist_ok=False)
        sheet.unlink()
    except OSError as error:
        raise UsageError(
            f"{sheet} cannot be written ({error.strerror}). Choose another place; nothing was made."
        ) from error


def write_sheet(sheet: Path, secret: RecoverySecret, practice: Practice, name: str) -> None:
    """A PDF for its owner only; nothing is overwritten."""
    now = dt.datetime.now(dt.UTC)
    content = render_recovery(
        secret.groups, name, practice.name, practice.today(now), int(now.timestamp())
    )
    handle = os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # the keys that it opens are on the disk a moment later


def ask_groups_back(recovery: RecoverySecret) -> None:
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
