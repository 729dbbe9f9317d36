"""The link in a message that pauses the alarm: made from the message's own id, kept nowhere.

Its key comes from the server key, so a link cannot be made by who has the database alone, and none
has to be stored for a message that is older than this version's tables.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Final

from form_server.vault import ServerKey

_ID_BYTES: Final = 13  # a delivery's id: 26 hexadecimal digits
_MAC_BYTES: Final = 16
_TOKEN_CHARS: Final = 39


class PauseLinks:
    """Makes the links of one server, and reads them back."""

    def __init__(self, server_key: ServerKey, base_url: str) -> None:
        self._key = server_key.derive("pause-token")
        self._base_url = base_url

    def link(self, delivery_id: str) -> str:
        raw = bytes.fromhex(delivery_id)
        return f"{self._base_url}/pause/{_write(raw + self._mac(raw))}"

    def read(self, token: str) -> str | None:
        """The id of the delivery that a token came with; None for what is none of ours."""
        if len(token) != _TOKEN_CHARS or not token.isascii():
            return None
        try:
            whole = base64.b64decode(token + "=", altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if _write(whole) != token:
            return None  # the last letter has bits to spare, and only one way of writing is ours
        raw, mac = whole[:_ID_BYTES], whole[_ID_BYTES:]
        return raw.hex() if hmac.compare_digest(mac, self._mac(raw)) else None

    def _mac(self, raw: bytes) -> bytes:
        return hmac.digest(self._key, raw, "sha256")[:_MAC_BYTES]


def _write(token: bytes) -> str:
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()
