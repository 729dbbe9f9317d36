"""What the ledger takes in and hands out about visits, and about what was left at an office.

Codes of other rooms (an item of stock, a message) are kept as the text they are. A `note` arrives
sealed; the ledger holds no key that opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class VisitWay(StrEnum):
    VISIT = "visit"
    TALK = "talk"
    CALL = "call"
    LETTER = "letter"
    """On paper or by mail."""
    NOTE = "note"
    """Only written down: nobody was reached, so no rhythm begins anew."""

    @property
    def is_contact(self) -> bool:
        return self is not VisitWay.NOTE

    @property
    def is_meeting(self) -> bool:
        """Whether they were met, and may be sent a newsletter."""
        return self in {VisitWay.VISIT, VisitWay.TALK}


@dataclass(frozen=True)
class SealedNote:
    """Words sealed to an inbox, in one version of its key; the row's id is what they are bound to."""

    inbox_id: str
    key_version: int
    sealed: bytes


@dataclass(frozen=True)
class Counted:
    """Pieces of one item: given to an office, or seen to be there."""

    item: str
    count: int
    kind: str = "given"


@dataclass(frozen=True)
class NewVisit:
    """`id` comes from `Ledger.new_id`, because the note is sealed for it. `met` are ids of people,
    `said` the message that was brought. `asked_back` says that they asked for `next_on`."""

    id: str
    source: str
    way: VisitWay
    done_on: date
    met: tuple[str, ...] = ()
    said: str = ""
    next_on: date | None = None
    asked_back: bool = False
    note: SealedNote | None = None
    left: tuple[Counted, ...] = ()


@dataclass(frozen=True)
class Visit:
    id: str
    source: str
    actor: str
    way: VisitWay
    done_on: date
    met: tuple[str, ...]
    said: str
    next_on: date | None
    asked_back: bool
    note: SealedNote | None
    left: tuple[Counted, ...]
    created_at: datetime


@dataclass(frozen=True)
class LastContact:
    """What the rhythm of one source goes by: its newest contact, and the day when it was last met
    in person."""

    source: str
    on: date
    next_on: date | None
    asked_back: bool
    met_on: date | None


@dataclass(frozen=True)
class StockMove:
    """`kind` is “given” or “counted”."""

    source: str
    item: str
    kind: str
    count: int
    on: date
