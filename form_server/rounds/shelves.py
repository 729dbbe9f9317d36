"""Who has how much left: for a list that asks for nothing else, without a look at who is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from form_server.ledger import Ledger, SourceCard
from form_server.rounds.survey import Survey
from outreach_kit.outreach.follow_up import Rhythm
from outreach_kit.outreach.stock import WEAR, Stock
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class Shelves:
    """`cards` by name; `stock` of whoever was ever given something, by code."""

    cards: Mapping[str, SourceCard]
    stock: Mapping[str, tuple[Stock, ...]]

    @cached_property
    def low(self) -> list[str]:
        """Codes of those who run low of something, the emptiest first."""
        codes = [code for code, stock in self.stock.items() if _runs_low(stock)]
        return sorted((code for code in codes if code in self.cards), key=self._fullness)

    def _fullness(self, code: str) -> tuple[float, str]:
        return sum(one.left / WEAR[one.item].full for one in self.stock[code]), code


def look_at_shelves(
    ledger: Ledger, practice: Practice, inbox_ids: Sequence[str], now: dt.datetime
) -> Shelves:
    """In three queries."""
    cards = {card.code: card for card in ledger.address_book.all()}
    return Shelves(cards, Survey(ledger, practice, inbox_ids, now, Rhythm(), ()).stock())


def _runs_low(stock: tuple[Stock, ...]) -> bool:
    return any(one.is_low for one in stock)
