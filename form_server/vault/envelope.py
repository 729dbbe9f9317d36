"""Envelopes: what an office said of a patient, sealed once to one inbox as it comes in.

The server that seals has only the inbox's public key, so it cannot open what it stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.framing import bind, header
from form_server.vault.keys import PrivateKey, PublicKey

ENVELOPE_HEADER: Final = header(b"E", 1)


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

    def to_bytes(self) -> bytes:
        return bind(
            ENVELOPE_HEADER,
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


def seal(plaintext: bytes, to: PublicKey, about: Binding) -> bytes:
    """The envelope: 1,140 bytes more than the plaintext, and different each time.

    Raises KeyDamaged when `to` cannot seal.
    """
    return ENVELOPE_HEADER + to.encrypt(plaintext, about.to_bytes())


def open_sealed(envelope: bytes, with_key: PrivateKey, about: Binding) -> bytes:
    """What was sealed; raises EnvelopeRefused, and nothing else, for any other bytes or binding."""
    if not envelope.startswith(ENVELOPE_HEADER):
        raise EnvelopeRefused(about)
    try:
        return with_key.decrypt(envelope[len(ENVELOPE_HEADER) :], about.to_bytes())
    except BoxRefused as error:
        raise EnvelopeRefused(about) from error
