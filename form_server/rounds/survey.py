"""All sources as they stand today, and what follows for the week: read once, whatever their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from form_server.ledger import Ledger, StockMove
from form_server.rounds.pace import read_pace
from form_server.rounds.standing import SourceDetail, SourceStanding, stand, weigh_on
from outreach_kit.outreach.follow_up import Rhythm
from outreach_kit.outreach.gifts import Suggestion, suggest_gifts
from outreach_kit.outreach.nearness import Place
from outreach_kit.outreach.scorecard import LOOKED_BACK_DAYS
from outreach_kit.outreach.stock import Item, Stock, StockEvent, StockKind, estimate_stock
from outreach_kit.outreach.thanks import SETTLING_DAYS, next_batch_day
from outreach_kit.outreach.visit_day import VisitDay, plan_visit_day
from outreach_kit.outreach.week import Morning, suggest_week
from outreach_kit.practice import Practice

_ITEMS = {item.value: item for item in Item}
_KINDS = {kind.value: kind for kind in StockKind}
_KEPT = 8192


@dataclass(frozen=True)
class Survey:
    """`standings` by name; figures are those of `inbox_ids` over the twelve months before `now`."""

    ledger: Ledger
    practice: Practice
    inbox_ids: Sequence[str]
    now: dt.datetime
    rhythm: Rhythm
    standings: tuple[SourceStanding, ...]

    @property
    def today(self) -> dt.date:
        return self.practice.today(self.now)

    @property
    def since(self) -> dt.datetime:
        return self.now - dt.timedelta(days=LOOKED_BACK_DAYS)

    @cached_property
    def by_code(self) -> dict[str, SourceStanding]:
        return {one.code: one for one in self.standings}

    @cached_property
    def due(self) -> tuple[SourceStanding, ...]:
        """What has waited longest first."""
        waiting = [one for one in self.standings if one.follow_up.standing.is_due]
        return tuple(
            sorted(waiting, key=lambda one: (one.follow_up.due_on or self.today, one.name))
        )

    @property
    def mornings(self) -> tuple[Morning, ...]:
        """For this week: whom to see together, and in which order."""
        address = self.practice.facts.address
        start = Place(address.city, address.postal_code)
        return suggest_week([stop for one in self.due if (stop := one.stop)], start)

    @property
    def next_hour(self) -> tuple[SourceStanding, ...]:
        """Where an hour is worth most, first; only those where it is worth anything."""
        worth = [one for one in self.standings if one.score.worth > 0]
        return tuple(sorted(worth, key=lambda one: -one.score.worth))  # they are by name

    @property
    def gifts(self) -> tuple[Suggestion, ...]:
        return suggest_gifts(self.standings, self.today)

    @property
    def batch_on(self) -> dt.date:
        """The day on which the next thank-yous go out; today, if it is one."""
        return next_batch_day(self.today)

    def details(self, codes: Iterable[str]) -> dict[str, SourceDetail]:
        """With people and stock, in four queries for all of these; codes off the list are left out."""
        there = [code for code in codes if code in self.by_code]
        people = self.ledger.address_book.people(there)
        stock = self._stock(self.ledger.stock_moves.all(there), there)
        said = self.ledger.visits.said_on(there)
        return {
            code: SourceDetail(
                self.by_code[code], people.get(code, ()), stock[code], said.get(code, {})
            )
            for code in there
        }

    def running_low(self) -> dict[str, tuple[Stock, ...]]:
        """Every source that was given something and has little left of it, by code, in two queries."""
        stock = self.stock()
        return {
            one.code: stock[one.code]
            for one in self.standings
            if any(item.is_low for item in stock.get(one.code, ()))
        }

    def stock(self) -> dict[str, tuple[Stock, ...]]:
        """What all who were ever given something have left, by code, whether on the list or not."""
        return self._stock(self.ledger.stock_moves.all(), None)

    def plan_day(self, codes: Sequence[str]) -> VisitDay:
        """A morning with these sources in this order."""
        found = self.details(codes)
        return plan_visit_day(one.caller for one in found.values())

    @property
    def _until(self) -> dt.datetime:
        return self.now + dt.timedelta(microseconds=1)

    def _stock(
        self, moves: dict[str, list[StockMove]], codes: Sequence[str] | None
    ) -> dict[str, tuple[Stock, ...]]:
        zone, today = self.practice.time_zone, self.today
        sent = self.ledger.tallies.received(self.inbox_ids, self.since, self._until, codes)
        return {
            code: _stock(tuple(moves.get(code, ())), tuple(sent.get(code, ())), zone, today)
            for code in (moves if codes is None else codes)
        }


def survey(
    ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: dt.datetime
) -> Survey:
    rhythm = read_pace(ledger.desk_settings.all())
    bare = Survey(ledger, practice, inbox_ids, now, rhythm, ())
    weigh = weigh_on(bare.today, practice.time_zone, rhythm)
    contacts = ledger.visits.last_contacts()
    counts = ledger.tallies.counts(inbox_ids, bare.since, now + dt.timedelta(microseconds=1))
    gifts = ledger.gifts.last_on()
    standings = [
        stand(
            card,
            contacts.get(card.code),
            counts.get(card.code),
            gifts.get(card.code),
            weigh,
        )
        for card in ledger.address_book.all()
    ]
    return Survey(ledger, practice, inbox_ids, now, rhythm, tuple(standings))


def thanked_before(batch_on: dt.date, practice: Practice) -> dt.datetime:
    """Up to which moment referrals are thanked for in a batch of that day."""
    first_late = batch_on - dt.timedelta(days=SETTLING_DAYS - 1)
    return dt.datetime.combine(first_late, dt.time.min, practice.time_zone).astimezone(dt.UTC)


@lru_cache(maxsize=_KEPT)  # few of thousands were given or sent anything since the last look
def _stock(
    moves: tuple[StockMove, ...], sent: tuple[dt.datetime, ...], zone: ZoneInfo, today: dt.date
) -> tuple[Stock, ...]:
    return estimate_stock(
        (StockEvent(_ITEMS[one.item], _KINDS[one.kind], one.count, one.on) for one in moves),
        (at.astimezone(zone).date() for at in sent),
        today,
    )
