"""Thirty-two secret bytes, the one form that every key in the vault takes at rest in memory."""

from __future__ import annotations

import hmac
import secrets
from typing import Final, NoReturn, Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from form_server.vault.framing import bind

SECRET_BYTES: Final = 32


class Secret:
    """256 random bits that no repr, log line, pickle or copy shows.

    Comparing takes the same time for every value. Raises ValueError for any other length.
    """

    __slots__ = ("_bytes", "_ciphers")

    def __init__(self, value: bytes) -> None:
        if len(value) != SECRET_BYTES:
            raise ValueError(f"a {type(self).__name__} has {SECRET_BYTES} bytes, not {len(value)}")
        self._bytes = bytes(value)
        self._ciphers: dict[tuple[str, ...], AESGCM] = {}

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def from_bytes(cls, value: bytes) -> Self:
        return cls(value)

    def to_bytes(self) -> bytes:
        """The secret itself, to be locked or sealed at once and never kept as it is."""
        return self._bytes

    def derive(self, label: str, *about: str | int | bytes) -> bytes:
        """32 bytes for one purpose (HKDF-Expand, RFC 5869); they tell nothing of the secret.

        Extracting first is for secrets that are not uniform; these are.
        """
        info = bind("warm-handoff derived", label, *about)
        return HKDFExpand(SHA256(), SECRET_BYTES, info).derive(self._bytes)

    def cipher(self, *labels: str) -> AESGCM:
        """AES-256-GCM under what `derive` gives, set up once: for purposes, never for rows."""
        known = self._ciphers.get(labels)
        if known is None:
            known = self._ciphers[labels] = AESGCM(self.derive(*labels))
        return known

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return hmac.compare_digest(self._bytes, other._bytes)

    __hash__ = None  # type: ignore[assignment]  # a hash would be a shortcut around the comparison

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is neither pickled nor copied")
