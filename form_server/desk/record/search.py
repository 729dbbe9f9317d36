"""Which entries of the record are asked for: by day, by person, by a referral's receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from form_server.desk.console import Desk
from form_server.ledger.access import Look

_SHOWN: Final = 100
_WEEK: Final = timedelta(days=7)
_LONGEST_RECEIPT: Final = 60


@dataclass(frozen=True)
class Search:
    """Whole days on the practice's clock, both included. `actor` and `receipt` may be empty."""

    first_on: date
    last_on: date
    actor: str
    receipt: str
    before: int | None
    zone: ZoneInfo

    @classmethod
    def parse(cls, asked: Mapping[str, str], now: datetime, zone: ZoneInfo) -> Self:
        """What cannot be read is as if it had not been asked: the last seven days, everybody."""
        today = now.astimezone(zone).date()
        last = _day(asked.get("to", "")) or today
        first = _day(asked.get("from", "")) or last - _WEEK
        before = asked.get("before", "")
        return cls(
            first_on=min(first, last),
            last_on=last,
            actor=asked.get("who", ""),
            receipt=" ".join(asked.get("receipt", "").split()).casefold()[:_LONGEST_RECEIPT],
            before=int(before) if before.isascii() and before.isdigit() else None,
            zone=zone,
        )

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first_on, time(), self.zone)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.last_on + timedelta(days=1), time(), self.zone)

    def page(self, desk: Desk) -> list[Look]:
        """The newest first; one more than are shown, when there are more."""
        if self.receipt:
            return self._of_receipt(desk)
        return desk.ledger.access.page(
            self.since,
            self.until,
            actor=self.actor or None,
            before=self.before,
            limit=_SHOWN + 1,
        )

    def everything(self, desk: Desk) -> Iterator[list[Look]]:
        if self.receipt:
            yield self._of_receipt(desk)
            return
        yield from desk.ledger.access.pages(self.since, self.until, actor=self.actor or None)

    def _of_receipt(self, desk: Desk) -> list[Look]:
        """All of one referral that is between the days; nothing for a receipt that nobody has."""
        found = desk.ledger.referrals.by_receipt(self.receipt)
        if found is None:
            return []
        return [
            one
            for one in reversed(desk.ledger.access.to_referrals([found.id]))
            if self.since <= one.at < self.until and self.actor in ("", one.actor)
        ]


def shown(found: list[Look]) -> tuple[list[Look], int | None]:
    """What fits on a page, and the entry before which the next page begins."""
    if len(found) <= _SHOWN:
        return found, None
    return found[:_SHOWN], found[_SHOWN - 1].id


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 9000 else None
