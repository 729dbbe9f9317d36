"""When a page was shown, signed: a form that comes back at once was not filled in by hand.

The stamp is a hidden field of the pages that this server writes. The website's own pages carry none,
and its absence means nothing.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from form_server.office.suspicion import Hint

STAMP_FIELD: Final = "shown"
_TOO_FAST: Final = timedelta(seconds=2)
_FAST: Final = timedelta(seconds=5)
_OLD: Final = timedelta(days=2)
"""A front desk leaves the page open over night, and over a holiday."""
_MAC_BYTES: Final = 12
_LONGEST: Final = 64


class PageStamp:
    """Makes stamps and reads them; `key` is the server's, and outlives a restart."""

    def __init__(self, key: bytes, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._clock = clock

    def make(self) -> str:
        text = f"{int(self._clock().timestamp() * 1000):x}"
        return f"{text}.{self._sign(text)}"

    def shown_at(self, stamp: object) -> datetime | None:
        """When the page was shown; None for a stamp that is not ours."""
        if not isinstance(stamp, str) or len(stamp) > _LONGEST or not stamp.isascii():
            return None
        text, _, mac = stamp.partition(".")
        if not hmac.compare_digest(mac, self._sign(text)):
            return None
        return datetime.fromtimestamp(int(text, 16) / 1000, UTC)

    def judge(self, stamp: object) -> Hint | None:
        """What a stamp that came back hints at; None when all is well, or none came."""
        if stamp is None or stamp == "":
            return None
        shown_at = self.shown_at(stamp)
        if shown_at is None:
            return Hint.PAGE_FORGED
        took = self._clock() - shown_at
        if took < timedelta():  # a clock was set back: nothing to be learned
            return None
        if took < _TOO_FAST:
            return Hint.TOO_FAST
        if took < _FAST:
            return Hint.FAST
        return Hint.PAGE_OLD if took > _OLD else None

    def _sign(self, text: str) -> str:
        mac = hmac.digest(self._key, text.encode(), "sha256")[:_MAC_BYTES]
        return base64.urlsafe_b64encode(mac).decode()
