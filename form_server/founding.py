"""The first keys of a practice, and the way back in with the recovery sheet.

Stands on ledger and vault; `init` and the demo call it. What it returns is shown once and kept
nowhere: a passphrase for the user, and the secret for the recovery sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from form_server.ledger import (
    Channel,
    Grant,
    HolderKind,
    InboxKey,
    Ledger,
    NewInbox,
    NewUser,
    Recipient,
    RecoveryKey,
    Role,
)
from form_server.vault import (
    GrantBinding,
    KeyPair,
    PrivateKey,
    PublicKey,
    RecoverySecret,
    generate_passphrase,
    lock,
    unwrap_key,
    wrap_key,
)
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


@dataclass(frozen=True)
class Readmission:
    """The user who takes the place of the one who lost the passphrase."""

    user_id: str
    passphrase: str = field(repr=False)


class AlreadyFounded(HandoffError):
    """Keys exist; making them anew would leave older referrals shut."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The ledger at {where} has its keys already, and nothing was changed. Sign in at the "
            "desk; when the passphrase is lost, use the recovery sheet."
        )


class NothingToRecover(HandoffError):
    """There is no recovery key, because the practice was never founded here."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"The ledger at {where} has no keys yet: run `python -m form_server init` first, or "
            "restore the backup that this recovery sheet belongs to."
        )


class NoSuchUser(HandoffError):
    """The recovery sheet lets a user back in; it does not make new ones."""

    def __init__(self, email: str, known: Iterable[str]) -> None:
        self.email = email
        self.known = tuple(known)
        super().__init__(
            f"Nobody signs in as {email}. Give the address of a user: {', '.join(self.known)}."
        )


def found(ledger: Ledger, practice: Practice, *, name: str, email: str) -> Founding:
    """One inbox, its first user and the recovery key, in one commit; raises AlreadyFounded.

    The inbox belongs to the only clinician, or in a group to the front desk. Notices go to `email`,
    which is also what the user signs in with.
    """
    if ledger.people.recovery_key() is not None:
        raise AlreadyFounded(ledger.shown)
    passphrase, secret = generate_passphrase(), RecoverySecret.generate()
    inbox_pair, user_pair, recovery_pair = (KeyPair.generate() for _ in range(3))
    inbox = _first_inbox(ledger.new_id(), practice)
    user = _new_user(ledger.new_id(), name, email, Role.OWNER, user_pair, passphrase)
    recovery_id = ledger.new_id()
    recovery = RecoveryKey(
        id=recovery_id,
        public_key=recovery_pair.public.to_bytes(),
        locked_private_key=secret.lock(recovery_pair.private.to_bytes(), about=recovery_id),
    )
    instance = ledger.meta.instance_id()
    ledger.people.establish(
        user,
        inbox,
        InboxKey(inbox.id, _FIRST_VERSION, inbox_pair.public.to_bytes()),
        [
            grant_to_user(
                inbox_pair.private, user_pair.public, instance, inbox.id, _FIRST_VERSION, user.id
            ),
            _grant_to_recovery(
                inbox_pair.private, recovery_pair.public, instance, inbox.id, recovery_id
            ),
        ],
        recovery,
        [Recipient(ledger.new_id(), inbox.id, Channel.EMAIL, user.email, 0, user.id)],
        actor=_COMMAND,
    )
    return Founding(user.id, inbox.id, passphrase, secret)


def readmit(ledger: Ledger, secret: RecoverySecret, *, email: str) -> Readmission:
    """A new key and passphrase for the user with that address, by the recovery sheet.

    Everything the sheet opens, the user can open again; the lost key opens nothing any more, and
    all of that user's sessions end. Raises RecoveryRefused, NothingToRecover or NoSuchUser.
    """
    recovery = ledger.people.recovery_key()
    if recovery is None:
        raise NothingToRecover(ledger.shown)
    sheet = PrivateKey.from_bytes(secret.unlock(recovery.locked_private_key, about=recovery.id))
    lost = ledger.people.user_by_email(email)
    if lost is None:
        raise NoSuchUser(email, (user.email for user in ledger.people.users()))
    instance = ledger.meta.instance_id()
    passphrase, pair = generate_passphrase(), KeyPair.generate()
    user = _new_user(ledger.new_id(), lost.name, lost.email, lost.role, pair, passphrase)
    held = ledger.inboxes.grants_for(HolderKind.RECOVERY, recovery.id)
    grants = [
        grant_to_user(
            unwrap_key(
                one.wrapped_key,
                sheet,
                GrantBinding(instance, one.inbox_id, one.version, recovery.id),
            ),
            pair.public,
            instance,
            one.inbox_id,
            one.version,
            user.id,
        )
        for one in held
    ]
    ledger.people.replace_user(lost.id, user, grants, actor=_COMMAND)
    return Readmission(user.id, passphrase)


def grant_to_user(
    private: PrivateKey, to: PublicKey, instance: str, inbox_id: str, version: int, user_id: str
) -> Grant:
    """An inbox's private key, wrapped so that only this user can take it."""
    about = GrantBinding(instance, inbox_id, version, user_id)
    return Grant(inbox_id, version, HolderKind.USER, user_id, wrap_key(private, to, about))


def _grant_to_recovery(
    private: PrivateKey, to: PublicKey, instance: str, inbox_id: str, recovery_id: str
) -> Grant:
    about = GrantBinding(instance, inbox_id, _FIRST_VERSION, recovery_id)
    wrapped = wrap_key(private, to, about)
    return Grant(inbox_id, _FIRST_VERSION, HolderKind.RECOVERY, recovery_id, wrapped)


def _new_user(
    user_id: str, name: str, email: str, role: Role, pair: KeyPair, passphrase: str
) -> NewUser:
    return NewUser(
        id=user_id,
        name=name,
        email=email.strip().lower(),
        role=role,
        public_key=pair.public.to_bytes(),
        locked_private_key=lock(pair.private.to_bytes(), passphrase, about=user_id),
    )


def _first_inbox(inbox_id: str, practice: Practice) -> NewInbox:
    if practice.is_group:
        return NewInbox(inbox_id, practice.name, None)
    only = practice.clinicians[0]
    return NewInbox(inbox_id, only.name, only.slug)
