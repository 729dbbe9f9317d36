"""A second way to lock a user's key: under what a passkey's PRF returns, so that one touch opens it.

The PRF (WebAuthn level 3, section 10.1.4) gives 32 uniform bytes for a fixed input and never leaves
the device otherwise. Each passkey has a lock of its own beside the passphrase's.
"""

from __future__ import annotations

from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.secret import Secret


class PasskeyRefused(VaultRefused):
    """A passkey's answer does not open the lock."""

    def __init__(self) -> None:
        super().__init__(
            "This passkey does not open this key. Sign in with the passphrase, then add the "
            "passkey again."
        )


def lock_with_prf(secret: bytes, prf_output: bytes, *, about: str = "") -> bytes:
    """`secret` locked under the PRF's 32 bytes; `about` says whose key and which passkey.

    Raises ValueError when the PRF's answer has another length.
    """
    return seal_box(secret, Secret(prf_output), "passkey", about)


def unlock_with_prf(locked: bytes, prf_output: bytes, *, about: str = "") -> bytes:
    """The secret; raises PasskeyRefused for any other answer, owner or bytes."""
    try:
        return open_box(locked, Secret(prf_output), "passkey", about)
    except (BoxRefused, ValueError) as error:
        raise PasskeyRefused from error
