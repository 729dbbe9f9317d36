"""A session: the user's unlocked key, sealed in its row under a secret that only the cookie has.

The row without the cookie opens nothing, and neither does the cookie once the row is gone.
"""

from __future__ import annotations

import base64
from typing import Self

from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.keys import PrivateKey
from form_server.vault.secret import Secret


class SessionRefused(VaultRefused):
    """A cookie does not belong to this session."""

    def __init__(self) -> None:
        super().__init__("This session has ended. Sign in again.")


class SessionSecret(Secret):
    """What the cookie carries. `derive("csrf")` serves the forms of the same session."""

    __slots__ = ()

    @property
    def token(self) -> str:
        """The cookie's value: 43 letters that are safe in a header."""
        return base64.urlsafe_b64encode(self._bytes).decode().rstrip("=")

    @classmethod
    def from_token(cls, token: str) -> Self:
        """The secret that a cookie brought back; raises SessionRefused when it cannot be one."""
        try:
            secret = cls(base64.b64decode(token + "=", altchars=b"-_", validate=True))
        except ValueError as error:
            raise SessionRefused from error
        if secret.token != token:  # 43 letters have two bits to spare: only one spelling counts
            raise SessionRefused
        return secret

    @property
    def token_hash(self) -> bytes:
        """32 bytes that name the row, and from which the cookie cannot be made."""
        return self.derive("row")

    def seal_key(self, private: PrivateKey, *, about: str) -> bytes:
        """The user's key for the session's row; `about` is the user's id."""
        return seal_box(private.to_bytes(), self, "session", about)

    def open_key(self, sealed: bytes, *, about: str) -> PrivateKey:
        """The user's key; raises SessionRefused for another cookie, user or altered bytes."""
        try:
            return PrivateKey.from_bytes(open_box(sealed, self, "session", about))
        except (BoxRefused, ValueError) as error:
            raise SessionRefused from error
