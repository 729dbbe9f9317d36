"""What a batch of thank-yous holds today: cards to make, and what still gathers for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from form_server.desk.owed.item import Sight
from form_server.ledger import CardOwed, ThankYou
from form_server.rounds import made_before
from outreach_kit.outreach.thanks import SETTLING_DAYS, batch_to_make, next_batch_day

MOST: Final = 30
"""Cards of one print run: as many as a sheet has labels."""
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Batch:
    """`on` is the day of mailing; `owed` are all cards that can be made now."""

    on: date
    is_late: bool
    owed: tuple[CardOwed, ...]

    @property
    def cards(self) -> tuple[CardOwed, ...]:
        """Those of the next print run."""
        return self.owed[:MOST]

    @property
    def more(self) -> int:
        return max(0, len(self.owed) - MOST)


@dataclass(frozen=True)
class Gathering:
    """Who will get a card on `on`, for what comes up to `until`; `others` counts those whose office
    has no code."""

    on: date
    until: date
    names: tuple[str, ...]
    has_nameless: bool


def find_batch(sight: Sight) -> Batch:
    today = sight.today
    on = batch_to_make(today)
    before = made_before(sight.desk.practice(), sight.now)
    owed = sight.desk.ledger.thank_yous.to_print(sight.keyring.inbox_ids, before)
    return Batch(on, on < today, tuple(owed))


def find_gathering(sight: Sight, batch: Batch) -> Gathering:
    """By name; whatever is too new for the cards that can be made today."""
    on = batch_after(batch.on)
    now = {one.source: one.referrals for one in batch.owed}
    inbox_ids = sight.keyring.inbox_ids
    later = [
        one
        for one in sight.desk.ledger.owing.thanks(inbox_ids, printed_too=False)
        if one.count > now.get(one.source, 0)
    ]
    names = sorted((one.name for one in later if one.source), key=str.casefold)
    until = on - timedelta(days=SETTLING_DAYS)
    return Gathering(on, until, tuple(names), any(not one.source for one in later))


def batch_after(batch: date) -> date:
    return next_batch_day(batch + _ONE_DAY)


def find_lying(sight: Sight) -> list[ThankYou]:
    """Made and not mailed, for referrals of inboxes that this user looks into."""
    own = set(sight.keyring.inbox_ids)
    return [one for one in sight.desk.ledger.thank_yous.lying() if own.issuperset(one.inbox_ids)]


def mail_on(card: ThankYou, sight: Sight) -> date:
    """The batch day that it was made for."""
    return batch_to_make(sight.desk.practice().today(card.printed_at))
