"""Names for rows: ordered by time, so that an index grows at its end, and not to be guessed."""

from __future__ import annotations

import secrets
from datetime import datetime

from form_server.ledger.moments import to_micros


def new_id(at: datetime) -> str:
    """26 hexadecimal digits: milliseconds since 1970 in 12, then 56 random bits.

    Of the moment at which it was drawn, which may be long before the row is written.
    """
    return f"{to_micros(at) // 1000:012x}{secrets.token_hex(7)}"
