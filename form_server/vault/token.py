"""A secret that travels as letters: in a cookie, or in a link that is good once."""

from __future__ import annotations

import base64
from typing import ClassVar, Self

from form_server.vault.errors import VaultRefused
from form_server.vault.secret import Secret


class TokenSecret(Secret):
    """What the bearer has; the row that it opens knows only its hash."""

    __slots__ = ()
    refusal: ClassVar[type[VaultRefused]] = VaultRefused

    @property
    def token(self) -> str:
        """43 letters that are safe in a header and in a path."""
        return base64.urlsafe_b64encode(self._bytes).decode().rstrip("=")

    @classmethod
    def from_token(cls, token: str) -> Self:
        """The secret that was brought back; raises the class's own refusal when it cannot be one."""
        try:
            secret = cls(base64.b64decode(token + "=", altchars=b"-_", validate=True))
        except ValueError as error:
            raise cls.refusal from error
        if secret.token != token:  # 43 letters have two bits to spare: only one spelling counts
            raise cls.refusal
        return secret

    @property
    def token_hash(self) -> bytes:
        """32 bytes that name the row, and from which the token cannot be made."""
        return self.derive("row")
