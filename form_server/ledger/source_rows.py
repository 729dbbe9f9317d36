"""What the ledger takes in and hands out about those who refer: themselves, gifts, cards, figures.

Codes of other rooms, such as a tier, are kept as the text they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class SourceKind(StrEnum):
    OFFICE = "office"
    AGENCY = "agency"
    COLLEAGUE = "colleague"
    SCHOOL = "school"
    CONGREGATION = "congregation"
    DIRECTORY = "directory"
    FRIEND = "friend"

    @property
    def treats(self) -> bool:
        """Whether a consent that it took itself may let it learn how a referral went."""
        return self in _TREATING

    @property
    def is_private(self) -> bool:
        """Clients and friends get no card and no visit, and a directory has no door to knock at."""
        return self in _PRIVATE


_TREATING = frozenset({SourceKind.OFFICE, SourceKind.AGENCY, SourceKind.COLLEAGUE})
_PRIVATE = frozenset({SourceKind.FRIEND, SourceKind.DIRECTORY})


LEARNS_LEAST: Final = SourceKind.FRIEND
"""What a source counts as whose kind cannot be read: nothing of a referral is told to a friend."""


@dataclass(frozen=True)
class Source:
    """`public_poster` says that strangers read the code off a wall, so that it proves nothing."""

    code: str
    name: str
    kind: SourceKind
    public_poster: bool
    created_at: datetime


@dataclass(frozen=True)
class SourceFacts:
    """What somebody typed about a source; empty or None where nothing is known.

    `address` are its lines without town, region and postal code. Degrees: both or neither. `tier`
    is one that was set by hand. `every_days` is a rhythm of its own; one that `rests` wants no
    visits. `agreed_on` is the day on which it agreed to be sent the newsletter.
    """

    name: str
    kind: SourceKind = SourceKind.OFFICE
    public_poster: bool = False
    address: tuple[str, ...] = ()
    town: str = ""
    region: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    audience: str = ""
    tier: str = ""
    every_days: int | None = None
    rests: bool = False
    takes_gifts: bool = True
    agreed_on: date | None = None


@dataclass(frozen=True)
class SourceCard:
    """A source with all that is known of it; its code stands on paper and never changes."""

    code: str
    facts: SourceFacts
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def wants_visits(self) -> bool:
        return not (self.facts.rests or self.facts.kind.is_private)


class PersonRole(StrEnum):
    RECEPTIONIST = "receptionist"
    NURSE = "nurse"
    ASSISTANT = "assistant"
    MANAGER = "manager"
    PHYSICIAN = "physician"
    COUNSELOR = "counselor"
    MINISTER = "minister"
    TEACHER = "teacher"
    SOCIAL_WORKER = "social_worker"
    OTHER = "other"

    @property
    def is_front_desk(self) -> bool:
        """Whom to greet by name first: they refer more often than anybody."""
        return self in _FRONT_DESK


_FRONT_DESK = frozenset({PersonRole.RECEPTIONIST, PersonRole.ASSISTANT, PersonRole.MANAGER})


class ReachedBy(StrEnum):
    NOT_SAID = ""
    PHONE = "phone"
    EMAIL = "email"
    FAX = "fax"
    MAIL = "mail"
    IN_PERSON = "in_person"


@dataclass(frozen=True)
class PersonFacts:
    """Somebody at a source. `title` is the role in their own words, `reached` how in a few words."""

    name: str
    role: PersonRole = PersonRole.OTHER
    title: str = ""
    phone: str = ""
    email: str = ""
    likes: ReachedBy = ReachedBy.NOT_SAID
    reached: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True)
class SourcePerson:
    id: str
    source: str
    facts: PersonFacts
    changed_at: datetime
    removed_at: datetime | None

    @property
    def name(self) -> str:
        return self.facts.name


@dataclass(frozen=True)
class NewGift:
    """`person_id` is empty for the whole desk, which `shared_by` people shared."""

    source: str
    what: str
    cents: int
    given_on: date
    person_id: str = ""
    shared_by: int = 1


@dataclass(frozen=True)
class GiftGiven:
    id: str
    gift: NewGift
    actor: str


@dataclass(frozen=True)
class CardOwed:
    """A thank-you card to print: for so many referrals of a source, up to the one named last."""

    source: str
    name: str
    referrals: int
    through_id: str


@dataclass(frozen=True)
class ThankYou:
    """A card that was made, for referrals of these inboxes; `mailed_at` is None while it lies on the
    table. `name` is that of its source, empty for offices without a code."""

    id: str
    batch_id: str
    source: str
    name: str
    referrals: int
    inbox_ids: tuple[str, ...]
    actor: str
    printed_at: datetime
    mailed_at: datetime | None


@dataclass(frozen=True)
class SourceCounts:
    """What one source sent in a span, without drills, spam, what came twice and what is kept aside.

    What nobody has weighed is in `referrals` only. `unthanked` are those whose card is not mailed.
    """

    referrals: int
    fits: int
    edges: int
    mismatches: int
    unthanked: int
    last_at: datetime | None
    last_mismatch_at: datetime | None
