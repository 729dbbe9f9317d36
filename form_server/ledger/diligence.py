"""What a practice did for privacy, on which day: training, a look at the risks, drills, incidents.

The Security Rule asks for it in writing, kept for six years (45 CFR 164.316(b)(2)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import diligence


class DeedKind(StrEnum):
    TRAINING = "training"
    RISK = "risk"
    DOWNTIME = "downtime"
    INCIDENT = "incident"


@dataclass(frozen=True)
class NewDeed:
    """`words` stand in clear and speak of no patient."""

    id: str
    kind: DeedKind
    done_on: date
    words: str


@dataclass(frozen=True)
class Deed(NewDeed):
    recorded_by: str
    recorded_at: datetime


class Diligence:
    """Added to and never changed, like the audit."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def record(self, new: NewDeed, *, user_id: str) -> None:
        """A second record under one id changes nothing."""
        row = {
            "id": new.id, "kind": new.kind.value, "done_on": new.done_on.isoformat(),
            "words": new.words, "recorded_by": user_id, "recorded_at": to_micros(self._clock()),
        }  # fmt: skip
        with self._store.write() as connection:
            same = sa.select(diligence.c.id).where(diligence.c.id == new.id)
            if connection.execute(same).first() is not None:
                return
            connection.execute(diligence.insert().values(row))
            self._audit.append(
                connection, "diligence.recorded", actor=f"user:{user_id}", detail=new.kind.value
            )

    def all(self, limit: int = 200) -> list[Deed]:
        """The latest first."""
        order = (diligence.c.done_on.desc(), diligence.c.id.desc())
        with self._store.read() as connection:
            rows = connection.execute(sa.select(diligence).order_by(*order).limit(limit))
            return [
                Deed(
                    row.id,
                    DeedKind(row.kind),
                    date.fromisoformat(row.done_on),
                    row.words,
                    row.recorded_by,
                    from_micros(row.recorded_at),
                )
                for row in rows
            ]
