"""Corrections to a referral: what was said stays as it was, and what is right stands beside it.

A patient may ask for one (45 CFR 164.526). The words arrive sealed to the referral's inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotNow
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import Referral
from form_server.ledger.tables import amendment


@dataclass(frozen=True)
class NewAmendment:
    """`words` are sealed as the part `amendment:` and the id."""

    id: str
    referral_id: str
    user_id: str
    words: bytes


@dataclass(frozen=True)
class Amendment:
    """`words` is None once retention took it."""

    id: str
    referral_id: str
    user_id: str
    at: datetime
    words: bytes | None


class Amendments:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def add(self, new: NewAmendment, sealed_for: Referral) -> None:
        """`sealed_for` is the referral as it was when the words were sealed. A second time under
        one id changes nothing. Raises NotFound, or NotNow when it was moved or purged meanwhile."""
        with self._store.write() as connection:
            now = get_referral(connection, new.referral_id, to_change=True)
            place = (sealed_for.inbox_id, sealed_for.key_version)
            if (now.inbox_id, now.key_version) != place or not now.envelope:
                raise NotNow("referral", now.id, "changed", "as it was read")
            same = sa.select(amendment.c.id).where(amendment.c.id == new.id)
            if connection.execute(same).first() is not None:
                return
            row = {
                "id": new.id, "referral_id": new.referral_id, "user_id": new.user_id,
                "at": to_micros(self._clock()), "words": new.words,
            }  # fmt: skip
            connection.execute(amendment.insert().values(row))
            self._audit.append(
                connection,
                "referral.amended",
                actor=f"user:{new.user_id}",
                referral_id=new.referral_id,
                detail=new.id,
            )

    def of(self, referral_ids: Sequence[str]) -> list[Amendment]:
        """Of several referrals at once, oldest first."""
        query = sa.select(amendment).where(amendment.c.referral_id.in_(referral_ids))
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(amendment.c.at, amendment.c.id))
            return [
                Amendment(row.id, row.referral_id, row.user_id, from_micros(row.at), row.words)
                for row in rows
            ]
