"""Passkeys as a second lock on a user's key: what the device's PRF answers opens it."""

from __future__ import annotations

from dataclasses import dataclass, field

from form_server.keys.holding import Keyholder
from form_server.ledger import Ledger, MetChallenge, NewPasskey, Passkey, User
from form_server.vault import PasskeyRefused, PrivateKey, lock_with_prf, unlock_with_prf


@dataclass(frozen=True)
class Registered:
    """A passkey whose registration was checked, and what its PRF answered."""

    id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str
    met: MetChallenge
    prf_output: bytes = field(repr=False)

    def locking(self, key: PrivateKey, user_id: str) -> NewPasskey:
        """Raises ValueError when the PRF's answer is none."""
        about = _about(user_id, self.id)
        return NewPasskey(
            id=self.id,
            user_id=user_id,
            credential_id=self.credential_id,
            public_key=self.public_key,
            sign_count=self.sign_count,
            locked_private_key=lock_with_prf(key.to_bytes(), self.prf_output, about=about),
            label=self.label,
        )


def add_passkey(ledger: Ledger, by: Keyholder, registered: Registered) -> None:
    """For the user's own key only, which is why a session is needed. Raises AnswerSpent."""
    new = registered.locking(by.key, by.id)
    ledger.passkeys.add(new, registered.met, actor=by.actor)


def open_with_passkey(user: User, passkey: Passkey, prf_output: bytes) -> Keyholder:
    """The user whose key this opens; raises PasskeyRefused or KeyReplaced."""
    about = _about(user.id, passkey.id)
    opened = unlock_with_prf(passkey.locked_private_key, prf_output, about=about)
    try:
        key = PrivateKey.from_bytes(opened)
    except ValueError as error:
        raise PasskeyRefused from error
    return Keyholder.of_user(user, key)


def _about(user_id: str, passkey_id: str) -> str:
    """Whose key the lock holds, and which passkey's it is; it opens in no other row."""
    return f"{user_id}/{passkey_id}"
