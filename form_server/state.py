"""What a delivery needs: the settings, the ledger and the server's key, opened and checked.

No practice and no web here: `serve` starts delivering on these, because what an earlier life of the
server left behind has waited long enough when the rest is being loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from form_server.awaiting import awaited_owner
from form_server.core_dumps import forbid_core_dumps
from form_server.expected import require_expected_state
from form_server.ledger import MOVED_TO, Ledger, NotFound, ProcessLock, SchemaMismatch, sqlite_file
from form_server.settings import Settings
from form_server.vault import PublicKey, ServerKey
from outreach_kit.errors import HandoffError

_INIT: Final = "Run: python -m form_server init"
_EMPTY: Final = (
    "For a new installation, run: python -m form_server init. If there were referrals, put the "
    "database back, or bring a backup back with restore, and do not run init."
)
_KEY_IS_LOST: Final = (
    "The ledger is there, so this is no new installation: put the copy of the key back. If no copy "
    "is left, run: python -m form_server init --new-server-key"
)


_KEY_ROW_IS_LOST: Final = (
    "It had one, so its row is lost: keep the files as they are, see what doctor says, and bring the last "
    "backup back with restore."
)


class NotSetUp(HandoffError):
    """Something that `init` makes is not there, so a referral could not be kept or told of."""

    def __init__(self, what: str, todo: str = _INIT) -> None:
        self.what = what
        self.todo = todo
        super().__init__(f"{what} {todo}")


@dataclass
class State:
    """`close` lets go of all of it."""

    settings: Settings
    ledger: Ledger
    server_key: ServerKey = field(repr=False)
    clock: Callable[[], datetime]
    lock: ProcessLock | None = None
    own_mailbox: bool = False
    """Whether mail goes to the demo's mailbox, inside this process, and nowhere else."""

    def close(self) -> None:
        self.ledger.close()
        if self.lock is not None:
            self.lock.release()


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_state(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    own_mailbox: bool = False,
    role: str = "web",
) -> State:
    """Checked so far that a referral could be kept and told of; others see the process by its `role`.

    Raises SettingsError (no channel too), NotSetUp, StateMissing, OtherState, AlreadyServing when
    another process serves the same SQLite state, SchemaMismatch, LedgerUnavailable.
    """
    forbid_core_dumps()
    settings.require_channel()
    require_expected_state(settings)  # first: nothing is made in a folder that should not be empty
    lock = None
    if settings.is_sqlite:
        lock = ProcessLock(settings.var / "serve.lock", sqlite_file(settings.database_url))
        lock.acquire()
    ledger = None
    try:
        if not settings.key_file.is_file():
            raise _without_key(settings)
        server_key = ServerKey.load(settings.key_file)
        ledger = Ledger.open(settings.database_url, clock=clock, shares_clock=True, role=role)
        _require_founded(ledger)
    except BaseException:
        if ledger is not None:
            ledger.close()
        if lock is not None:
            lock.release()
        raise
    return State(settings, ledger, server_key, ledger.clock, lock, own_mailbox)


def _without_key(settings: Settings) -> NotSetUp:
    """A ledger beside the missing key tells a loss from a new installation."""
    what = f"There is no server key at {settings.key_file}."
    database = sqlite_file(settings.database_url)
    return NotSetUp(what, _KEY_IS_LOST) if database and database.is_file() else NotSetUp(what)


def _require_founded(ledger: Ledger) -> None:
    """Raises NotSetUp unless every inbox has a key that seals and somebody who is told, or the
    first owner is on their way: then the site and the invitation are served, and offices phone."""
    try:
        ledger.require_current_schema()
        if moved_to := ledger.meta.get(MOVED_TO) if ledger.is_sqlite else None:
            raise NotSetUp(
                f"The ledger at {ledger.shown} was moved to {moved_to}.",
                "Set HANDOFF_DATABASE_URL to that database.",
            )
    except SchemaMismatch as mismatch:
        if mismatch.found is None:
            raise NotSetUp(f"The ledger at {ledger.shown} is empty.", _EMPTY) from mismatch
        raise
    inboxes = ledger.inboxes.all()
    if not inboxes and awaited_owner(ledger) is not None:
        return
    if not inboxes:
        raise NotSetUp(f"The ledger at {ledger.shown} has no inbox, so nothing could be sealed.")
    for inbox in inboxes:
        try:
            PublicKey.from_bytes(ledger.inboxes.active_key(inbox.id).public_key)
        except NotFound as error:
            raise NotSetUp(f"The inbox of {inbox.name} has no key.", _KEY_ROW_IS_LOST) from error
        if not ledger.inboxes.recipients(inbox.id):
            raise NotSetUp(
                f"The inbox of {inbox.name} has no recipient, so nobody would be told.",
                "Add one at the desk, or run: python -m form_server init",
            )
