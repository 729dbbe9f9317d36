"""What each door makes of a referral before the commit: its words sealed, and its status token.

The office's form, the patient's form and what is written down by hand at the desk end here, so that
all of them are sealed alike and a status link of any of them opens by the same rule.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from form_server.blanks import Blanks
from form_server.ledger import Ledger
from form_server.vault import Binding, ServerKey

TOKEN_BYTES: Final = 16
_TOKEN_CHARS: Final = 22
_VERSION: Final = 1
_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True)
class Sealed:
    """What was said, as it lies in the ledger; `key_version` is that of the inbox's key."""

    key_version: int
    envelope: bytes


class Admitting:
    """Safe to share between threads."""

    def __init__(self, ledger: Ledger, server_key: ServerKey, blanks: Blanks | None = None) -> None:
        """`blanks` are kept full by whoever keeps them; without any, each is made when needed."""
        self._ledger = ledger
        self._instance = ledger.meta.instance_id()
        self._status_key = server_key.derive("status-token")
        self._blanks = blanks or Blanks(self._instance)

    def token(self, referral_id: str) -> bytes:
        """128 bits that nobody can guess, the same for the same referral each time."""
        return hmac.digest(self._status_key, referral_id.encode(), "sha256")[:TOKEN_BYTES]

    def seal(self, words: bytes, referral_id: str, inbox_id: str) -> Sealed:
        """To the inbox's newest key. Raises NotFound without one, KeyDamaged."""
        key = self._ledger.inboxes.active_key(inbox_id)
        about = Binding(self._instance, referral_id, inbox_id, key.version)
        return Sealed(key.version, self._blanks.take(key).close(words, about))


def write_words(said: Mapping[str, object]) -> bytes:
    """A flat JSON object in UTF-8; what was not said, and a permission not given, is left out."""
    spoken = {name: value for name, value in said.items() if value}
    return _ENCODER.encode({"v": _VERSION, **spoken})


def likeness(key: bytes, words: bytes) -> bytes:
    """32 bytes by which two sendings are told to be the same, for who has the key (RFC 7693)."""
    return hashlib.blake2b(words, key=key, digest_size=32).digest()


def hash_of_token(token: bytes) -> bytes:
    """What the ledger keeps of a status token."""
    return hashlib.sha256(token).digest()


def write_token(token: bytes) -> str:
    """A status token as it stands in a link."""
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def read_token(text: str) -> bytes | None:
    """The bytes of a status token as it stands in a link, or None when it cannot be one."""
    if len(text) != _TOKEN_CHARS or not text.isascii():
        return None
    try:
        return base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
