"""Agreements with vendors: who may touch health information for the practice, and until when.

A business associate agreement (45 CFR 164.504(e)) is signed on paper; what is kept here is that it
was. Without one for the mail server in use, whole referrals do not go out by mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import agreement

RENEWED_BEFORE: Final = timedelta(days=30)
"""How long before its end an agreement is worth a reminder."""


class Purpose(StrEnum):
    """What a vendor does with what the practice keeps."""

    MAIL = "mail"
    HOSTING = "hosting"
    BACKUP = "backup"
    TELEPHONE = "telephone"
    RECORDS = "records"
    OTHER = "other"


@dataclass(frozen=True)
class NewAgreement:
    """`mail_server` is the host that an agreement about mail is for, and empty for all others;
    `renews_on` is the last day on which it holds, or None when it holds until it is ended."""

    id: str
    vendor: str
    purpose: Purpose
    signed_on: date
    renews_on: date | None
    signed_by: str
    mail_server: str = ""


@dataclass(frozen=True)
class Agreement(NewAgreement):
    recorded_by: str = ""
    recorded_at: datetime | None = None
    ended_at: datetime | None = None

    def holds(self, today: date) -> bool:
        """Whether it may be relied on today."""
        has_begun = self.signed_on <= today
        is_over = self.renews_on is not None and self.renews_on < today
        return self.ended_at is None and has_begun and not is_over

    def wants_renewal(self, today: date) -> bool:
        """Whether it is over, or will be soon."""
        if self.ended_at is not None or self.renews_on is None:
            return False
        return self.renews_on - today <= RENEWED_BEFORE


class Agreements:
    """None is ever removed: what held when a mail went out must be told years later."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def record(self, new: NewAgreement, *, user_id: str) -> None:
        """A second record under one id changes nothing, so that two taps are one."""
        row = {
            "id": new.id,
            "vendor": new.vendor,
            "purpose": new.purpose.value,
            "mail_server": new.mail_server.lower() or None,
            "signed_on": new.signed_on.isoformat(),
            "renews_on": new.renews_on and new.renews_on.isoformat(),
            "signed_by": new.signed_by,
            "recorded_by": user_id,
            "recorded_at": to_micros(self._clock()),
        }
        with self._store.write() as connection:
            same = sa.select(agreement.c.id).where(agreement.c.id == new.id)
            if connection.execute(same).first() is not None:
                return
            connection.execute(agreement.insert().values(row))
            self._note(connection, "agreement.recorded", new.id, new.purpose, user_id)

    def end(self, agreement_id: str, *, user_id: str) -> None:
        """It holds no longer; raises NotFound for one that is not there or has ended."""
        still = sa.and_(agreement.c.id == agreement_id, agreement.c.ended_at.is_(None))
        with self._store.write() as connection:
            found = connection.execute(sa.select(agreement.c.purpose).where(still)).first()
            if found is None:
                raise NotFound("agreement", agreement_id)
            ended = agreement.update().where(still).values(ended_at=to_micros(self._clock()))
            connection.execute(ended)
            self._note(connection, "agreement.ended", agreement_id, found.purpose, user_id)

    def all(self) -> list[Agreement]:
        """Those in force first, each part by vendor."""
        order = (agreement.c.ended_at.is_not(None), agreement.c.vendor, agreement.c.id)
        with self._store.read() as connection:
            rows = connection.execute(sa.select(agreement).order_by(*order))
            return [_to_agreement(row) for row in rows]

    def for_mail(self, mail_server: str, today: date) -> Agreement | None:
        """The one that lets whole referrals go through this mail server today, or None."""
        about_it = sa.and_(
            agreement.c.purpose == Purpose.MAIL.value,
            agreement.c.mail_server == mail_server.lower(),
            agreement.c.ended_at.is_(None),
        )
        with self._store.read() as connection:
            rows = connection.execute(sa.select(agreement).where(about_it)).all()
        return next((one for one in map(_to_agreement, rows) if one.holds(today)), None)

    def _note(
        self, connection: sa.Connection, action: str, which: str, purpose: str, user_id: str
    ) -> None:
        detail = f"{which} {purpose}"
        self._audit.append(connection, action, actor=f"user:{user_id}", detail=detail)


def _to_agreement(row: sa.Row[tuple[object, ...]]) -> Agreement:
    return Agreement(
        id=row.id,
        vendor=row.vendor,
        purpose=Purpose(row.purpose),
        signed_on=date.fromisoformat(row.signed_on),
        renews_on=row.renews_on and date.fromisoformat(row.renews_on),
        signed_by=row.signed_by,
        mail_server=row.mail_server or "",
        recorded_by=row.recorded_by,
        recorded_at=from_micros(row.recorded_at),
        ended_at=from_micros(row.ended_at),
    )
