"""Years of outreach in one ledger: offices with their people, visits, what was left there, gifts.

Visits are written straight into the tables, because logging twenty thousand one by one takes minutes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from form_server.ledger import (
    Ledger,
    PersonFacts,
    PersonRole,
    SourceFacts,
    SourceIntake,
    SourceKind,
)
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import appointment, gift, referral, stock_event, visit
from tests.benchmarks.desk_years import YEARS, Years

_TOWNS: Final = (
    ("Alder Falls", "98261"), ("Bellingham", "98225"), ("Ferndale", "98248"), ("Lynden", "98264"),
    ("Mount Vernon", "98273"), ("Anacortes", "98221"), ("Burlington", "98233"),
)  # fmt: skip
_KINDS: Final = (
    *[SourceKind.OFFICE] * 14, SourceKind.COLLEAGUE, SourceKind.SCHOOL, SourceKind.CONGREGATION,
    SourceKind.AGENCY, SourceKind.FRIEND, SourceKind.DIRECTORY,
)  # fmt: skip
_ROLES: Final = (PersonRole.RECEPTIONIST, PersonRole.PHYSICIAN, PersonRole.NURSE)
_WAYS: Final = ("visit", "visit", "visit", "call", "talk", "letter", "note")
_SAID: Final = ("", "thanks", "niche_again", "restock")
_BOOKED: Final = ("referral_id", "user_id", "booked_at", "starts_at")
_DAY_MICROS: Final = 86_400_000_000


@dataclass
class OutreachYears:
    """Fills an inbox and an address book; the same `seed` fills them the same. `first` is how many
    offices are there already."""

    ledger: Ledger
    inbox_id: str
    user_id: str
    now: datetime
    seed: int = 7
    first: int = 0

    def fill(self, sources: int, events: int) -> None:
        """So many more offices, and to all of them so many visits and as many referrals."""
        chance = random.Random(self.seed)
        self.ledger.address_book.take_in(
            self._book(self.first + sources, chance), actor="benchmark"
        )
        sources += self.first
        years = Years(self.ledger, self.inbox_id, self.user_id, self.now, self.seed, sources)
        years.fill(events)
        visits, moves = self._visits(sources, events, chance)
        gifts = [self._gift(number, sources, chance) for number in range(events // 20)]
        with self.ledger._store.write() as connection:
            connection.execute(appointment.insert().from_select(_BOOKED, self._booked()))
            for table, rows in ((visit, visits), (stock_event, moves), (gift, gifts)):
                if rows:
                    connection.execute(table.insert(), rows)

    def _book(self, sources: int, chance: random.Random) -> SourceIntake:
        new, people = {}, []
        for number in range(self.first, sources):
            town, postal_code = chance.choice(_TOWNS)
            code = f"office-{number}"
            new[code] = SourceFacts(
                name=f"{town} Family Medicine {number}",
                kind=_KINDS[number % len(_KINDS)],
                address=(f"{number} Cedar Street",),
                town=town,
                region="WA",
                postal_code=postal_code,
                phone="(360) 555-0177",
                email=f"desk@office-{number}.example",
                tier=chance.choice(("", "", "", "a", "b", "c")),
            )
            for place, role in enumerate(_ROLES[: number % 4]):
                person = PersonFacts(
                    f"Person {number} {place}", role, email=f"{number}-{place}@x.example"
                )
                people.append((code, person))
        return SourceIntake(new=new, new_people=people)

    def _booked(self) -> sa.Select[Any]:
        """Every second referral that came to an appointment keeps its day: a week after it came."""
        columns = referral.c
        has_one = sa.select(appointment.c.referral_id)
        came = sa.and_(
            columns.outcome == "attended", columns.fit.is_not(None), columns.id.not_in(has_one)
        )
        starts_at = columns.received_at + 7 * _DAY_MICROS
        user = sa.literal(self.user_id)
        return sa.select(columns.id, user, columns.first_contact_at, starts_at).where(came)

    def _visits(
        self, sources: int, count: int, chance: random.Random
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        visits, moves = [], []
        for _ in range(count):
            code = f"office-{chance.randrange(sources)}"
            done_at = self.now - timedelta(days=365 * YEARS) * chance.random()
            visit_id = self.ledger.new_id()
            there = {
                "source_code": code, "actor": f"user:{self.user_id}",
                "done_on": done_at.date().isoformat(), "created_at": to_micros(done_at),
            }  # fmt: skip
            way = chance.choice(_WAYS)
            visits.append(
                {
                    "id": visit_id, "way": way, "met": "", "said": chance.choice(_SAID),
                    "next_on": None, "asked_back": 0, **there,
                }
            )  # fmt: skip
            if way == "visit" and chance.random() < 0.6:
                given = {"visit_id": visit_id, "kind": "given", **there}
                for item, pieces in (("card", 20), ("pad", 1)):
                    moves.append(
                        {"id": self.ledger.new_id(), "item": item, "pieces": pieces, **given}
                    )
        return visits, moves

    def _gift(self, number: int, sources: int, chance: random.Random) -> dict[str, Any]:
        given_at = self.now - timedelta(days=365 * YEARS) * chance.random()
        return {
            "id": self.ledger.new_id(),
            "source_code": f"office-{chance.randrange(sources)}",
            "what": "Cookies",
            "cents": 1200 + number % 900,
            "shared_by": 4,
            "given_on": given_at.date().isoformat(),
            "actor": f"user:{self.user_id}",
            "created_at": to_micros(given_at),
        }
