"""A session: the user's unlocked key, sealed in its row under a secret that only the cookie has.

The row without the cookie opens nothing, and neither does the cookie once the row is gone.
"""

from __future__ import annotations

from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.keys import PrivateKey
from form_server.vault.token import TokenSecret


class SessionRefused(VaultRefused):
    """A cookie does not belong to this session."""

    def __init__(self) -> None:
        super().__init__("This session has ended. Sign in again.")


class SessionSecret(TokenSecret):
    """What the cookie carries. `derive("csrf")` serves the forms of the same session."""

    __slots__ = ()
    refusal = SessionRefused

    def seal_key(self, private: PrivateKey, *, about: str) -> bytes:
        """The user's key for the session's row; `about` is the user's id."""
        return seal_box(private.to_bytes(), self, "session", about)

    def open_key(self, sealed: bytes, *, about: str) -> PrivateKey:
        """The user's key; raises SessionRefused for another cookie, user or altered bytes."""
        try:
            return PrivateKey.from_bytes(open_box(sealed, self, "session", about))
        except (BoxRefused, ValueError) as error:
            raise SessionRefused from error
