"""One source as it stands today: when it is due, what came of it, what it has left, what to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from form_server.ledger import LastContact, SourceCard, SourceCounts, SourcePerson
from outreach_kit.outreach.follow_up import (
    Contacts,
    FollowUp,
    Rhythm,
    Standing,
    Tier,
    plan_follow_up,
)
from outreach_kit.outreach.nearness import Place
from outreach_kit.outreach.next_message import Dealt, Message, next_message
from outreach_kit.outreach.scorecard import Score, Tally, score, tier_of
from outreach_kit.outreach.stock import Stock
from outreach_kit.outreach.visit_day import Caller
from outreach_kit.outreach.week import Stop

_KEPT = 8192
_KEPT_DAYS = 4
Weigh = Callable[
    [LastContact | None, SourceCounts, dt.datetime, str, int | None, bool],
    tuple[Tally, FollowUp, Score],
]


@dataclass(frozen=True)
class SourceStanding:
    """What a list of thousands needs of each. `owed_thanks` counts referrals; `tally` has counts and
    days, and no medians."""

    card: SourceCard
    last: LastContact | None
    follow_up: FollowUp
    tally: Tally
    score: Score
    owed_thanks: int
    last_gift_on: dt.date | None

    @property
    def code(self) -> str:
        return self.card.code

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def takes_gifts(self) -> bool:
        return self.card.wants_visits and self.card.facts.takes_gifts

    @property
    def place(self) -> Place:
        facts = self.card.facts
        return Place(facts.town, facts.postal_code, facts.latitude, facts.longitude)

    @property
    def stop(self) -> Stop | None:
        """For a route or a calendar; None for a source at rest."""
        if self.follow_up.due_on is None:
            return None
        is_forgotten = self.follow_up.standing is Standing.FORGOTTEN
        return Stop(
            self.code, self.name, self.place, self.follow_up.due_on, is_forgotten, self.score.worth
        )


@dataclass(frozen=True)
class SourceDetail:
    """What a page of one source, a morning's plan or a page of a list needs beside. `said_on` is
    the last day of each message that was ever brought."""

    standing: SourceStanding
    people: Sequence[SourcePerson]
    stock: tuple[Stock, ...]
    said_on: Mapping[str, dt.date]

    @property
    def runs_low(self) -> bool:
        return any(one.is_low for one in self.stock)

    @property
    def message(self) -> Message | None:
        """What to say the next time."""
        there = self.standing
        return next_message(
            Dealt(
                there.follow_up,
                there.owed_thanks,
                there.tally.last_mismatch_on,
                self.said_on.get(Message.NICHE_AGAIN),
                self.runs_low,
            )
        )

    @property
    def caller(self) -> Caller:
        """For a morning's plan; cookies are decided elsewhere."""
        desk = tuple(one.name for one in self.people if one.facts.role.is_front_desk)
        others = tuple(one.name for one in self.people if not one.facts.role.is_front_desk)
        return Caller(self.standing.code, self.standing.name, desk, others, self.stock)


_NOBODY: Final = SourceCounts(0, 0, 0, 0, 0, None, None)


def stand(
    card: SourceCard,
    last: LastContact | None,
    counts: SourceCounts | None,
    last_gift_on: dt.date | None,
    weigh: Weigh,
) -> SourceStanding:
    """`counts` is None for a source that sent nobody."""
    facts, counts = card.facts, counts or _NOBODY
    tally, follow_up, weighed = weigh(
        last, counts, card.created_at, facts.tier, facts.every_days, not card.wants_visits
    )
    owed_thanks = 0 if facts.kind.is_private else counts.unthanked
    return SourceStanding(card, last, follow_up, tally, weighed, owed_thanks, last_gift_on)


@lru_cache(maxsize=_KEPT_DAYS)
def weigh_on(today: dt.date, zone: ZoneInfo, rhythm: Rhythm) -> Weigh:
    """The rules of one day, which remember what they were asked: few of thousands stand differently
    from one look to the next."""

    @lru_cache(maxsize=_KEPT)
    def weigh(
        last: LastContact | None,
        counts: SourceCounts,
        created_at: dt.datetime,
        tier: str,
        every_days: int | None,
        rests: bool,
    ) -> tuple[Tally, FollowUp, Score]:
        tally, set_tier = _to_tally(counts, zone), Tier(tier) if tier else None
        follow_up = plan_follow_up(
            Contacts(
                added_on=created_at.astimezone(zone).date(),
                last_on=last.on if last else None,
                next_on=last.next_on if last else None,
                asked_back=bool(last and last.asked_back),
                tier=set_tier or tier_of(tally),
                every_days=every_days,
                rests=rests,
            ),
            today,
            rhythm,
        )
        return tally, follow_up, score(tally, follow_up, rhythm, set_tier)

    return weigh


def _to_tally(counts: SourceCounts, zone: ZoneInfo) -> Tally:
    return Tally(
        referrals=counts.referrals,
        fits=counts.fits,
        edges=counts.edges,
        mismatches=counts.mismatches,
        last_referral_on=_on(counts.last_at, zone),
        last_mismatch_on=_on(counts.last_mismatch_at, zone),
    )


def _on(at: dt.datetime | None, zone: ZoneInfo) -> dt.date | None:
    return None if at is None else at.astimezone(zone).date()
