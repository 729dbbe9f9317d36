"""What was found when somebody last looked whether mail from the practice is believed (SPF and DKIM).

`doctor` and the desk's health page look; the newsletter asks before it first goes out to many.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from form_server.ledger import Ledger

_KEY: Final = "sender_look"


class SenderLook(Struct, frozen=True):
    """`doubts` are sentences about what is wrong, with what to do; none when all is well."""

    at: datetime
    domain: str
    doubts: tuple[str, ...] = ()


def keep_look(ledger: Ledger, look: SenderLook) -> None:
    """In the place of the one before."""
    ledger.meta.put(_KEY, msgspec.json.encode(look).decode())


def last_look(ledger: Ledger, domain: str) -> SenderLook | None:
    """The last one at that domain; None when nobody has looked, or at another domain since."""
    kept = ledger.meta.get(_KEY)
    try:
        look = msgspec.json.decode(kept, type=SenderLook) if kept else None
    except msgspec.DecodeError:
        return None  # another version's, and another look is soon made
    return look if look is not None and _plain(look.domain) == _plain(domain) else None


def _plain(domain: str) -> str:
    """As name servers know it, in whatever letters it was written."""
    return domain.lower().encode("idna").decode()
