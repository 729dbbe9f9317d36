"""What the ledger takes in and hands out about colleagues and about who was sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True)
class ColleagueFacts:
    """What somebody typed about a colleague; empty or None where nothing is known.

    `needs` are slugs of the practice's own lists, `need_words` further ones in free words, and
    `languages` free words too. `miles` is the way from the practice. A count of `openings` always
    has its day. `public_on` is the day on which the colleague agreed to be listed in public.
    `notes` are for the desk alone, and about the colleague, never about a patient.
    """

    name: str
    credentials: str = ""
    practice: str = ""
    phone: str = ""
    email: str = ""
    fax: str = ""
    website: str = ""
    booking_url: str = ""
    needs: tuple[str, ...] = ()
    need_words: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    languages: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    self_pay: bool = False
    sliding_scale: bool = False
    telehealth: tuple[str, ...] = ()
    town: str = ""
    miles: int | None = None
    openings: int | None = None
    openings_on: date | None = None
    public_on: date | None = None
    notes: str = ""
    source_code: str = ""


@dataclass(frozen=True)
class Colleague:
    id: str
    facts: ColleagueFacts
    thanked_at: datetime | None
    changed_at: datetime
    removed_at: datetime | None

    @property
    def name(self) -> str:
        return self.facts.name


class PlacementState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLACED = "placed"
    """The patient is with them now."""
    WITHDRAWN = "withdrawn"
    """The practice does not need their answer any more."""

    @property
    def is_settled(self) -> bool:
        return self in _SETTLED


_SETTLED = frozenset({PlacementState.DECLINED, PlacementState.PLACED, PlacementState.WITHDRAWN})


@dataclass(frozen=True)
class Placement:
    """One colleague asked about one referral; `settled_at` is when it ended, one way or another."""

    id: str
    referral_id: str
    colleague_id: str
    user_id: str
    state: PlacementState
    asked_at: datetime
    answered_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True)
class Dealings:
    """What went to and fro with one colleague, to say thank you by and for nothing else.

    `given` counts those placed with them, `received` those that came under their code.
    """

    given: int = 0
    asked: int = 0
    received: int = 0
    last_given_at: datetime | None = None
    last_received_at: datetime | None = None
