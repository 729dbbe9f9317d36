"""What the ledger takes in and hands out about newsletters; nothing here is sealed but the parcels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from form_server.ledger.rows import DeliveryState, NewDelivery


@dataclass(frozen=True)
class IssueText:
    """What is mailed to every reader; each gets a link of their own where `issue_id` stands in it."""

    subject: str
    html: str
    plain: str


@dataclass(frozen=True)
class NewIssue:
    """`notes` are names, the main one first; empty `audiences` are everybody."""

    id: str
    notes: tuple[str, ...]
    audiences: tuple[str, ...]
    language: str
    sent_on: date
    text: IssueText


@dataclass(frozen=True)
class NewCopy:
    """One reader's: `token_hash` names the link by which they leave."""

    delivery: NewDelivery
    token_hash: bytes
    source_code: str


@dataclass(frozen=True)
class Progress:
    """How many copies of an issue stand how.

    `refused` were turned down for good, those in `doubt` may have arrived, `dropped` will not go
    out: their readers left meanwhile, or somebody let a copy be. `left_since` readers unsubscribed
    after it went out.
    """

    waiting: int = 0
    sent: int = 0
    doubt: int = 0
    refused: int = 0
    dropped: int = 0
    left_since: int = 0

    @property
    def written(self) -> int:
        return self.waiting + self.sent + self.doubt + self.refused + self.dropped


@dataclass(frozen=True)
class Issue:
    """`readers` were meant to get it; fewer copies are left of one that was stopped."""

    id: str
    notes: tuple[str, ...]
    audiences: tuple[str, ...]
    language: str
    subject: str
    readers: int
    sent_on: date
    actor: str
    created_at: datetime
    progress: Progress

    @property
    def stopped(self) -> int:
        return self.readers - self.progress.written


@dataclass(frozen=True)
class Copy:
    """One copy as people see it."""

    delivery_id: str
    issue_id: str
    address: str
    source_code: str
    state: DeliveryState
    last_error: str


@dataclass(frozen=True)
class Leaving:
    """What an unsubscribing changed: nothing where they were out; `dropped` copies waited still."""

    is_new: bool
    dropped: int
