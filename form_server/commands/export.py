"""`export`: the figures, or with somebody's words all that they may open, into a file of its own."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from form_server.commands.asking import by_somebody, keyholder, opened
from form_server.commands.export_colleagues import export_colleagues
from form_server.desk.copies.figures import stream_figures
from form_server.desk.copies.gathering import Gathering, handed_on
from form_server.desk.copies.handing import BYTE_ORDER_MARK
from form_server.desk.entry.keyring import Unreadable
from form_server.desk.referral.said import Said, read_said
from form_server.exports.as_json import stream_json
from form_server.exports.record import Exported
from form_server.exports.table import stream_csv
from form_server.keys import Keyholder
from form_server.keys.holding import InboxKeys, open_grants
from form_server.ledger import Ledger, Referral
from form_server.settings import Settings
from form_server.vault import Binding, PrivateKey, VaultRefused, open_sealed
from outreach_kit.errors import MachineError, UsageError
from outreach_kit.practice import Practice, load_practice

_FORMS: Final = click.Choice(["csv", "json"])
_DASH: Final = "-"


@dataclass(frozen=True)
class HeldKeys:
    """The inbox keys of whoever typed their words, or holds the sheet."""

    instance: str
    keys: InboxKeys

    @property
    def inbox_ids(self) -> list[str]:
        return sorted({inbox_id for inbox_id, _ in self.keys})

    def open(self, referral: Referral) -> Said:
        """Raises Unreadable."""
        try:
            return read_said(self._open(referral, "referral", referral.envelope))
        except ValueError as error:
            raise Unreadable(referral.id) from error

    def open_part(self, referral: Referral, part: str, sealed: bytes) -> str:
        """Raises Unreadable."""
        try:
            return self._open(referral, part, sealed).decode()
        except UnicodeDecodeError as error:
            raise Unreadable(referral.id) from error

    def _open(self, referral: Referral, part: str, sealed: bytes) -> bytes:
        place = (referral.inbox_id, referral.key_version)
        try:
            key: PrivateKey = self.keys[place]
            return open_sealed(sealed, key, Binding(self.instance, referral.id, *place, part))
        except (VaultRefused, LookupError) as error:
            raise Unreadable(referral.id) from error


@click.group(
    name="export", help="Take copies: the figures, all referrals, or whom to list in public."
)
def command() -> None:
    """A copy is made new, readable by you alone; a file that is there is left as it is."""


command.add_command(export_colleagues)


@command.command(name="figures", help="Counts by month and source; nothing about a patient.")
@click.argument("target", default=_DASH)
@click.option(
    "--format",
    "form",
    type=_FORMS,
    default="csv",
    show_default=True,
    help="For a spreadsheet, or for programs.",
)
def export_figures(target: str, form: str) -> None:
    """TARGET is a file that does not exist yet, or - for the screen."""
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        now = dt.datetime.now(dt.UTC)
        ledger.audit.note("copy.figures", actor="command", detail=form)
        parts = _marked(stream_figures(ledger, practice, inbox_ids, now, form), form, target)
        _write(target, parts)


@command.command(name="referrals", help="All that you may open, with names, numbers and reasons.")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=_FORMS,
    default="csv",
    show_default=True,
    help="For a spreadsheet, or for programs.",
)
@by_somebody
def export_referrals(target: Path, form: str, **who: Any) -> None:
    """TARGET is a file that does not exist yet. Guard it like your charts."""
    with opened() as (settings, ledger):
        if str(target) == _DASH:
            raise UsageError("Name a file: patients' names do not go to a screen that scrolls.")
        _require_new(target)
        holder = keyholder(ledger, **who)
        holder.require_owner()
        ledger.audit.note("copy.all", actor=holder.actor, detail=form)
        taken = _Counted()
        parts = _referrals(settings, ledger, load_practice(settings.practice), holder, form, taken)
        _write(str(target), _marked(parts, form, str(target)))
        detail = f"{form} taken={taken.count} shut={taken.shut}"
        ledger.audit.note("copy.ended", actor=holder.actor, detail=detail)
    shut = f", {taken.shut} of them stayed shut" if taken.shut else ""
    click.echo(f"{target}: {taken.count} referrals{shut}. Anybody with this file can read it.")


@dataclass
class _Counted:
    count: int = 0
    shut: int = 0


def _referrals(
    settings: Settings,
    ledger: Ledger,
    practice: Practice,
    holder: Keyholder,
    form: str,
    taken: _Counted,
) -> Iterator[str]:
    grants = ledger.inboxes.grants_for(holder.kind, holder.id)
    instance = ledger.meta.instance_id()
    held = HeldKeys(instance, open_grants(grants, holder.key, holder.id, instance))
    gathering = Gathering.of(ledger, practice, held)

    def pages() -> Iterator[list[Exported]]:
        for page in ledger.walking.pages(held.inbox_ids):
            exported = gathering.page(page)
            taken.count += len(exported)
            taken.shut += sum(one.words is None for one in exported)
            yield exported

    if form == "csv":
        return stream_csv(pages(), practice.time_zone)
    source = handed_on(ledger, practice, settings.url)
    return stream_json(pages(), source, dt.datetime.now(dt.UTC))


def _marked(parts: Iterable[str], form: str, target: str) -> Iterator[str]:
    if form == "csv" and target != _DASH:
        yield BYTE_ORDER_MARK
    yield from parts


def _require_new(target: Path) -> None:
    if target.exists():
        raise UsageError(f"{target} is there already. Name a file that does not exist yet.")


def _write(target: str, parts: Iterable[str]) -> None:
    """Beside the name first: a copy that was cut short must not look like a whole one."""
    if target == _DASH:
        for part in parts:
            sys.stdout.write(part)
        return
    path = Path(target)
    _require_new(path)
    beside = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MachineError(
            f"{path} cannot be written: {error.strerror}. Name a folder that you may write to."
        ) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
