"""Key pairs of inboxes and users, and how an inbox's private key is handed to those who hold it.

The suite is HPKE (RFC 9180) with ML-KEM-768 + X25519 (X-Wing, KEM 0x647A): what is copied today
stays shut for whoever owns a quantum computer later, and for whoever breaks ML-KEM, too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from form_server.vault.base32 import fingerprint
from form_server.vault.errors import BoxRefused, KeyDamaged, VaultRefused
from form_server.vault.framing import bind, header
from form_server.vault.secret import Secret

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC_BYTES: Final = 1184  # FIPS 203, table 3
_MLKEM_SEED_BYTES: Final = 64  # FIPS 203, algorithm 16: d and z
PUBLIC_KEY_BYTES: Final = _MLKEM_PUBLIC_BYTES + 32
_MLKEM_CIPHERTEXT_BYTES: Final = 1088  # FIPS 203, table 3
ENCRYPTED_MORE_BYTES: Final = _MLKEM_CIPHERTEXT_BYTES + 32 + 16
"""What HPKE adds to a plaintext: both encapsulations and the tag."""
WRAPPED_HEADER: Final = header(b"K", 1)


class PublicKey:
    """What anybody may have: it seals, and cannot open. Shows its fingerprint, not its 1.2 kB."""

    def __init__(self, value: bytes) -> None:
        """Raises KeyDamaged when `value` is no public key."""
        self._bytes = bytes(value)
        try:
            self._key = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self._bytes[:_MLKEM_PUBLIC_BYTES]),
                X25519PublicKey.from_public_bytes(self._bytes[_MLKEM_PUBLIC_BYTES:]),
            )
        except ValueError as error:
            raise KeyDamaged("public key") from error

    @classmethod
    def from_bytes(cls, value: bytes) -> Self:
        return cls(value)

    def to_bytes(self) -> bytes:
        return self._bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self._bytes)

    def encrypt(self, plaintext: bytes, info: bytes) -> bytes:
        """`ENCRYPTED_MORE_BYTES` longer than the plaintext; raises KeyDamaged for what cannot seal."""
        try:
            return _SUITE.encrypt(plaintext, self._key, info)
        except ValueError as error:  # an X25519 point of low order shares no secret
            raise KeyDamaged("public key") from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and other._bytes == self._bytes

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __repr__(self) -> str:
        return f"<PublicKey {self.fingerprint}>"


class PrivateKey(Secret):
    """X-Wing's 32-byte decapsulation key, from which both halves follow.

    Expanding it takes longer than opening an envelope, so it is done once and kept.
    """

    @cached_property
    def public(self) -> PublicKey:
        mlkem, x25519 = self._halves
        return PublicKey(
            mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )

    def decrypt(self, ciphertext: bytes, info: bytes) -> bytes:
        """What was encrypted to this key under the same `info`; raises BoxRefused for all else."""
        try:
            return _SUITE.decrypt(ciphertext, self._key, info)
        except (InvalidTag, ValueError) as error:
            raise BoxRefused from error

    @cached_property
    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        # draft-connolly-cfrg-xwing-kem, expandDecapsulationKey
        expanded = hashlib.shake_256(self._bytes).digest(_MLKEM_SEED_BYTES + 32)
        return (
            MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:]),
        )

    @cached_property
    def _key(self) -> MLKEM768X25519PrivateKey:
        return MLKEM768X25519PrivateKey(*self._halves)


@dataclass(frozen=True)
class KeyPair:
    private: PrivateKey
    public: PublicKey

    @classmethod
    def generate(cls) -> Self:
        return cls.of(PrivateKey.generate())

    @classmethod
    def of(cls, private: PrivateKey) -> Self:
        return cls(private, private.public)


@dataclass(frozen=True)
class GrantBinding:
    """Which inbox key this is, and whose: `holder` is the id of the user or recovery key that opens it."""

    practice: str
    inbox: str
    key_version: int
    holder: str

    def to_bytes(self) -> bytes:
        return bind(WRAPPED_HEADER, self.practice, self.inbox, self.key_version, self.holder)


class KeyRefused(VaultRefused):
    """A wrapped inbox key did not open for the one who asked."""

    def __init__(self, about: GrantBinding) -> None:
        self.about = about
        super().__init__(
            f"Holder {about.holder} cannot open version {about.key_version} of the key of inbox "
            f"{about.inbox}: it was wrapped for somebody else, altered or moved. "
            "Ask somebody who can open it to share it again."
        )


def wrap_key(private: PrivateKey, to: PublicKey, about: GrantBinding) -> bytes:
    """An inbox's private key as only the holder of `to` can take it; 1,172 bytes."""
    return WRAPPED_HEADER + to.encrypt(private.to_bytes(), about.to_bytes())


def unwrap_key(wrapped: bytes, with_key: PrivateKey, about: GrantBinding) -> PrivateKey:
    """The inbox's private key; raises KeyRefused when it is not for this key and this `about`."""
    if not wrapped.startswith(WRAPPED_HEADER):
        raise KeyRefused(about)
    try:
        opened = with_key.decrypt(wrapped[len(WRAPPED_HEADER) :], about.to_bytes())
        return PrivateKey.from_bytes(opened)
    except (BoxRefused, ValueError) as error:
        raise KeyRefused(about) from error
