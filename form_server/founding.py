"""The first keys of a practice.

Stands on ledger and vault; `init` and the demo call it. What it returns is shown once and kept
nowhere: a passphrase for the user, and the secret for the recovery sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from form_server.keys.recovery import new_recovery
from form_server.keys.users import NewKey, a_user
from form_server.keys.wrapping import wrap_for
from form_server.ledger import (
    Channel,
    Holder,
    HolderKind,
    InboxKey,
    Ledger,
    NewInbox,
    Recipient,
    Role,
)
from form_server.vault import KeyPair, RecoverySecret
from outreach_kit.errors import HandoffError
from outreach_kit.practice import Practice

_COMMAND: Final = "command"
_FIRST_VERSION: Final = 1


@dataclass(frozen=True)
class Founding:
    """Who can sign in, and what opens the door; the secrets are in no repr."""

    user_id: str
    inbox_id: str
    passphrase: str = field(repr=False)
    recovery: RecoverySecret = field(repr=False)


class AlreadyFounded(HandoffError):
    """Keys exist; making them anew would leave older referrals shut."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The ledger at {where} has its keys already, and nothing was changed. Sign in at the "
            "desk; when the passphrase is lost, use the recovery sheet."
        )


class NotFounded(HandoffError):
    """There is nothing yet that a server key could belong to."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The ledger at {where} has no keys yet. Run `python -m form_server init` without this "
            "option, or bring a backup back with `restore`."
        )


def require_unfounded(ledger: Ledger) -> None:
    """Raises AlreadyFounded where there are keys."""
    if ledger.people.recovery_key() is not None:
        raise AlreadyFounded(ledger.shown)


def require_founded(ledger: Ledger) -> None:
    """Raises NotFounded where there are no keys."""
    if ledger.people.recovery_key() is None:
        raise NotFounded(ledger.shown)


def found(
    ledger: Ledger,
    practice: Practice,
    *,
    name: str,
    email: str,
    passphrase: str = "",
    recovery: RecoverySecret | None = None,
    invitation_id: str | None = None,
) -> Founding:
    """One inbox, its first user and the recovery key, in one commit; raises AlreadyFounded.

    The inbox belongs to the only clinician, or in a group to the front desk. Notices go to `email`,
    which is also what the user signs in with. Words and sheet that were shown before are taken;
    else they are drawn here. An invitation is taken up in the same commit: NotFound when it was
    before.
    """
    require_unfounded(ledger)
    user_id, recovery_id = ledger.new_id(), ledger.new_id()
    inbox_pair, new = KeyPair.generate(), NewKey.draw(user_id, passphrase)
    secret = recovery or RecoverySecret.generate()
    inbox = _first_inbox(ledger.new_id(), practice)
    user = a_user(user_id, name, email, Role.OWNER, new)
    locked = new_recovery(recovery_id, secret)
    sheet = Holder(HolderKind.RECOVERY, recovery_id, locked.public_key)
    instance = ledger.meta.instance_id()
    ledger.people.establish(
        user,
        inbox,
        InboxKey(inbox.id, _FIRST_VERSION, inbox_pair.public.to_bytes()),
        [
            wrap_for(holder, inbox_pair.private, instance, inbox.id, _FIRST_VERSION)
            for holder in (new.holder(user_id), sheet)
        ],
        locked,
        [Recipient(ledger.new_id(), inbox.id, Channel.EMAIL, user.email, 0, user_id)],
        actor=f"invitation:{invitation_id}" if invitation_id else _COMMAND,
        invitation_id=invitation_id,
    )
    return Founding(user_id, inbox.id, new.passphrase, secret)


def _first_inbox(inbox_id: str, practice: Practice) -> NewInbox:
    if practice.is_group:
        return NewInbox(inbox_id, practice.name, None)
    only = practice.clinicians[0]
    return NewInbox(inbox_id, only.name, only.slug)
