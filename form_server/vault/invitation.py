"""An invitation: a link that holds a key until its user has one of their own.

Inbox keys are wrapped to the invitation's key, and the key follows from the link alone. Whoever
reads the tables opens nothing with them, and nobody but the invited ever holds their passphrase.
"""

from __future__ import annotations

from form_server.vault.errors import VaultRefused
from form_server.vault.keys import KeyPair, PrivateKey
from form_server.vault.token import TokenSecret


class InvitationRefused(VaultRefused):
    """The link names no invitation that waits."""

    def __init__(self) -> None:
        super().__init__(
            "This invitation was used before, was taken back, or is too old. Ask for a new one."
        )


class InvitationSecret(TokenSecret):
    """What the link carries."""

    __slots__ = ()
    refusal = InvitationRefused

    def key_pair(self) -> KeyPair:
        """The same each time."""
        return KeyPair.of(PrivateKey(self.derive("invitation key")))
