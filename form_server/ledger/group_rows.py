"""What the ledger takes in and hands out about several people at one desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True)
class Claim:
    """Who took a referral, and when; `given_by` is who assigned it, or None.

    One that is not live ran out without a try, and stays to be seen until somebody takes it anew.
    """

    referral_id: str
    user_id: str
    given_by: str | None
    taken_at: datetime
    expires_at: datetime
    is_live: bool


@dataclass(frozen=True)
class Ring:
    """A call, tapped or put on record; `warned_of` is the colleague whom the caller was told of."""

    user_id: str
    at: datetime
    warned_of: str | None = None


@dataclass(frozen=True)
class Rung:
    """What became of a tap on Call, and who else is on it or has just rung, if anybody."""

    went_through: bool
    held: Claim | None
    rang: Ring | None


@dataclass(frozen=True)
class Handover:
    """A referral's way from one inbox to another; `actor` is as the audit names people."""

    id: str
    referral_id: str
    from_inbox_id: str
    to_inbox_id: str
    actor: str
    at: datetime


class WaitsFor(StrEnum):
    """What somebody waits for; a code, because it stands in clear."""

    ANY = "any"
    EVENING = "evening"
    DAYTIME = "daytime"
    IN_PERSON = "in_person"
    ONLINE = "online"
    REDUCED_FEE = "reduced_fee"


@dataclass(frozen=True)
class NewPlace:
    """A place on the waitlist; `clinician` is a slug, or None for whoever has room first.

    `told_at` is when the patient was told, or None while nobody did.
    """

    referral_id: str
    user_id: str
    clinician: str | None
    wanted: WaitsFor
    every_weeks: int
    next_on: date
    told_at: datetime | None


@dataclass(frozen=True)
class WaitingPlace(NewPlace):
    """`offered` is the slug of who had room when it was offered, or None; `left_at` is None while
    it stands on the list."""

    since: datetime
    offered_at: datetime | None
    offered: str | None
    left_at: datetime | None


@dataclass(frozen=True)
class NewOpening:
    """Room for `count` people; `site`, `plan` and `language` are empty for “any”."""

    clinician: str
    site: str
    plan: str
    language: str
    count: int
    first_available_on: date | None
    as_of_on: date


@dataclass(frozen=True)
class Opening(NewOpening):
    id: str
    user_id: str
