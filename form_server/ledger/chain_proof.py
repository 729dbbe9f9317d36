"""Whether the chain of the audit holds, and where it does not.

Each entry's hash covers the entry and the hash before it. What the chain cannot show by itself is
that its end was cut off; the last head that was written is therefore noted beside it, and goes out
in the digest, where nobody with the database can reach it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

import sqlalchemy as sa

from form_server.ledger.moments import from_micros
from outreach_kit.errors import HandoffError

GENESIS: Final = bytes(32)

Row = sa.Row[tuple[object, ...]]


class Breach(StrEnum):
    CHANGED = "changed"  # an entry is not what was chained there
    MISSING = "missing"  # entries between two others are gone
    REWRITTEN = "rewritten"  # an entry follows upon another past than the one that is there
    CUT_OFF = "cut off"  # entries at the end are gone


@dataclass(frozen=True)
class ChainHead:
    """The last chained entry; links count from 1."""

    link: int
    entry_hash: bytes

    def __str__(self) -> str:
        return f"{self.link} {self.entry_hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """As `str` writes it; raises ValueError."""
        link, entry_hash = text.split()
        return cls(int(link), bytes.fromhex(entry_hash))


class ChainBroken(HandoffError):
    """`link` to `last_link` is where it breaks; `before` and `after` are when the last entry that
    holds and the first one behind the break were written, if there are such."""

    def __init__(
        self,
        link: int,
        breach: Breach = Breach.CHANGED,
        *,
        last_link: int = 0,
        before: datetime | None = None,
        after: datetime | None = None,
    ) -> None:
        self.link = link
        self.breach = breach
        self.last_link = max(last_link, link)
        self.before = before
        self.after = after
        super().__init__(
            f"The audit does not hold together at link {link}: {self.what} Keep a copy of the "
            "ledger as it is, and compare it with the last backup."
        )

    @property
    def what(self) -> str:
        count = self.last_link - self.link + 1
        several = "one entry is" if count == 1 else f"{count} entries are"
        match self.breach:
            case Breach.CHANGED:
                return "the entry there was changed."
            case Breach.MISSING:
                return f"{several} missing there."
            case Breach.REWRITTEN:
                return "what came before the entry there is not what it was written after."
            case Breach.CUT_OFF:
                return f"{several} missing at the end."


def hash_entry(previous: bytes, link: int, row: Row) -> bytes:
    """SHA-256 over the hash before and the entry as compact JSON, a form both stores agree on."""
    entry = [link, row.id, row.at, row.actor, row.action, row.referral_id, row.detail]
    text = json.dumps(entry, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode("ascii")).digest()


def prove(rows: Iterable[Row], noted: ChainHead | None, told: ChainHead | None) -> ChainHead | None:
    """The head of a chain that holds, or None when nothing is chained; else raises ChainBroken.

    `rows` are all chained entries by link, `noted` the head that the ledger wrote down last, and
    `told` one that somebody kept from a digest.
    """
    head, at = ChainHead(0, GENESIS), None
    for row in rows:
        link = head.link + 1
        now = from_micros(row.at)
        if row.link != link:
            raise ChainBroken(link, Breach.MISSING, last_link=row.link - 1, before=at, after=now)
        if row.entry_hash != hash_entry(row.previous_hash, link, row):
            raise ChainBroken(link, before=at, after=now)
        if row.previous_hash != head.entry_hash:
            raise ChainBroken(link, Breach.REWRITTEN, before=at, after=now)
        head, at = ChainHead(link, row.entry_hash), now
        for known in (noted, told):
            if known is not None and known.link == link and known != head:
                raise ChainBroken(link, Breach.REWRITTEN, before=at)
    for known in (noted, told):
        if known is not None and known.link > head.link:
            raise ChainBroken(head.link + 1, Breach.CUT_OFF, last_link=known.link, before=at)
    return head if head.link else None
