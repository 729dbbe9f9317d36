"""Envelopes: what an office said of a patient, sealed once to one inbox as it comes in.

The server that seals has only the inbox's public key, so it cannot open what it stored. Each envelope
has a content key of its own, which only the inbox can unwrap (HPKE, RFC 9180); wrapping it takes
nearly all of the time and needs nothing of the letter, so a blank envelope can be made ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.framing import bind, header
from form_server.vault.keys import ENCRYPTED_MORE_BYTES, PrivateKey, PublicKey
from form_server.vault.secret import SECRET_BYTES

ENVELOPE_HEADER: Final = header(b"E", 2)
DIRECT_HEADER: Final = header(b"E", 1)
"""Version 1 had no content key: the letter itself was under HPKE. It is read, and not written."""
_NONCE: Final = bytes(12)  # each content key encrypts one letter, once


@dataclass(frozen=True)
class Binding:
    """Where an envelope belongs; in any other row it does not open.

    `part` tells apart what is sealed for the same referral: what the office said (the default),
    or the note of one attempt, as `attempt:` and its id.
    """

    practice: str
    referral: str
    inbox: str
    key_version: int
    part: str = "referral"

    def to_bytes(self, version: bytes) -> bytes:
        """All of it as bytes, under the header of an envelope's version."""
        return bind(
            version,
            self.practice,
            self.referral,
            self.inbox,
            self.key_version,
            self.part,
        )


class EnvelopeRefused(VaultRefused):
    """An envelope stays shut: altered, cut short, in another's row, or sealed to another key."""

    def __init__(self, about: Binding) -> None:
        self.about = about
        super().__init__(
            f"Referral {about.referral} ({about.part}) does not open with version "
            f"{about.key_version} of the key of inbox {about.inbox}: the record was altered or "
            "moved, or the key is another one. Restore the record from a backup, or sign in as "
            "somebody who holds that key."
        )


class BlankUsed(Exception):
    """A bug: a second letter was to go under one content key."""


@dataclass
class Blank:
    """An envelope to an inbox with no letter in it yet: for one letter, to be used once."""

    _wrapped: bytes = field(repr=False)
    _cipher: AESGCM | None = field(repr=False)

    @classmethod
    def make(cls, to: PublicKey, practice: str, inbox: str, key_version: int) -> Self:
        """Raises KeyDamaged when `to` cannot seal."""
        key = AESGCM.generate_key(bit_length=8 * SECRET_BYTES)
        return cls(to.encrypt(key, _wrapping(practice, inbox, key_version)), AESGCM(key))

    def close(self, plaintext: bytes, about: Binding) -> bytes:
        """The envelope, of which nobody keeps the key."""
        cipher, self._cipher = self._cipher, None
        if cipher is None:
            raise BlankUsed
        letter = cipher.encrypt(_NONCE, plaintext, about.to_bytes(ENVELOPE_HEADER))
        return ENVELOPE_HEADER + self._wrapped + letter


def seal(plaintext: bytes, to: PublicKey, about: Binding) -> bytes:
    """The envelope: 1,188 bytes more than the plaintext, and different each time.

    Raises KeyDamaged when `to` cannot seal.
    """
    return Blank.make(to, about.practice, about.inbox, about.key_version).close(plaintext, about)


def open_sealed(envelope: bytes, with_key: PrivateKey, about: Binding) -> bytes:
    """What was sealed; raises EnvelopeRefused, and nothing else, for any other bytes or binding."""
    kind, sealed = envelope[: len(ENVELOPE_HEADER)], envelope[len(ENVELOPE_HEADER) :]
    try:
        if kind == ENVELOPE_HEADER:
            return _open_letter(sealed, with_key, about)
        if kind == DIRECT_HEADER:
            return with_key.decrypt(sealed, about.to_bytes(DIRECT_HEADER))
    except (BoxRefused, InvalidTag, ValueError) as error:
        raise EnvelopeRefused(about) from error
    raise EnvelopeRefused(about)


def _open_letter(sealed: bytes, with_key: PrivateKey, about: Binding) -> bytes:
    wrapped, letter = sealed[:_WRAPPED_BYTES], sealed[_WRAPPED_BYTES:]
    wrapping = _wrapping(about.practice, about.inbox, about.key_version)
    key = with_key.decrypt(wrapped, wrapping)
    return AESGCM(key).decrypt(_NONCE, letter, about.to_bytes(ENVELOPE_HEADER))


def _wrapping(practice: str, inbox: str, key_version: int) -> bytes:
    """What a content key is bound to; the letter under it is bound to its referral as well."""
    return bind(ENVELOPE_HEADER, "content key", practice, inbox, key_version)


_WRAPPED_BYTES: Final = ENCRYPTED_MORE_BYTES + SECRET_BYTES
