"""Somebody whose private key is open, and the inbox keys that it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from form_server.keys.errors import (
    KeyReplaced,
    NoSuchUser,
    NotAllowed,
    NothingToRecover,
)
from form_server.ledger import Grant, HolderKind, InboxKey, Ledger, Role, User
from form_server.vault import (
    GrantBinding,
    PassphraseRefused,
    PrivateKey,
    RecoverySecret,
    refuse_stranger,
    unlock,
    unwrap_key,
)

InboxKeys = Mapping[tuple[str, int], PrivateKey]
"""Inbox and version."""

_SHEET: Final = "The recovery sheet"


@dataclass(frozen=True)
class Keyholder:
    """A user, or whoever has the recovery sheet; `role` is None for the sheet."""

    kind: HolderKind
    id: str
    name: str
    key: PrivateKey = field(repr=False)
    role: Role | None = None
    email: str = ""

    @classmethod
    def of_user(cls, user: User, key: PrivateKey) -> Keyholder:
        """Raises KeyReplaced when others would wrap to a key that is not this user's."""
        if key.public.to_bytes() != user.public_key:
            raise KeyReplaced(f"the user {user.name}")
        return cls(HolderKind.USER, user.id, user.name, key, user.role, user.email)

    @property
    def actor(self) -> str:
        return f"{self.kind.value}:{self.id}"

    def require_owner(self) -> None:
        """Raises NotAllowed."""
        if self.kind is HolderKind.USER and self.role is not Role.OWNER:
            raise NotAllowed(self.name)


def open_user(ledger: Ledger, email: str, passphrase: str) -> Keyholder:
    """The user with that address, by their words. Raises PassphraseRefused or KeyReplaced.

    An address that nobody has takes the same time and the same answer.
    """
    user = ledger.people.user_by_email(email)
    if user is None:
        refuse_stranger(passphrase)
    opened = unlock(user.locked_private_key, passphrase, about=user.id)
    try:
        key = PrivateKey.from_bytes(opened)
    except ValueError as error:
        raise PassphraseRefused(damaged=True) from error
    return Keyholder.of_user(user, key)


def open_sheet(ledger: Ledger, secret: RecoverySecret) -> Keyholder:
    """Whoever holds the recovery sheet in use. Raises RecoveryRefused, NothingToRecover or
    KeyReplaced."""
    recovery = ledger.people.recovery_key()
    if recovery is None:
        raise NothingToRecover(ledger.shown)
    key = PrivateKey.from_bytes(secret.unlock(recovery.locked_private_key, about=recovery.id))
    if key.public.to_bytes() != recovery.public_key:
        raise KeyReplaced("the recovery sheet")
    return Keyholder(HolderKind.RECOVERY, recovery.id, _SHEET, key)


def find_user(ledger: Ledger, email: str) -> User:
    """Raises NoSuchUser."""
    found = ledger.people.user_by_email(email)
    if found is None:
        raise NoSuchUser(email, (user.email for user in ledger.people.users()))
    return found


def open_grants(
    grants: Iterable[Grant], key: PrivateKey, holder_id: str, instance: str
) -> InboxKeys:
    """The inbox keys of these grants; raises KeyRefused."""
    return {
        (one.inbox_id, one.version): unwrap_key(
            one.wrapped_key, key, GrantBinding(instance, one.inbox_id, one.version, holder_id)
        )
        for one in grants
    }


def require_genuine(opened: InboxKeys, stored: Iterable[InboxKey], inbox: str) -> None:
    """Raises KeyReplaced when a stored public key is not that of the private key beside it."""
    for one in stored:
        private = opened.get((one.inbox_id, one.version))
        if private is not None and private.public.to_bytes() != one.public_key:
            raise KeyReplaced(f"the inbox {inbox} (version {one.version})")
