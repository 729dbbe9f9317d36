"""Replies: what the patient and the source were answered, how, and whether it went out.

A reply by mail is a delivery row that is due a minute later, written in the same commit; until then
it can be taken back, and afterwards the row alone says whether it arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import DeliveryState, NewDelivery, Outcome, ReferralState
from form_server.ledger.tables import DUE, closing, delivery, referral, reply
from form_server.ledger.upsert import upsert

OUTCOME_CONSENT = "outcome_consent"
"""The flag of a referral whose source may learn how it went."""
OWN_CONSENT = "own_consent"
"""The flag that says so by the practice's own question, whoever the source is."""
_CONSENTS = frozenset({OUTCOME_CONSENT, OWN_CONSENT})


class Whom(StrEnum):
    PATIENT = "patient"
    SOURCE = "source"


class ReplyWay(StrEnum):
    """How it was told; `ASIDE` is a reply that was drafted, read, and not sent, with a reason."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"  # from the user's own mail program
    MAIL = "mail"  # from this server
    PRINT = "print"
    FAX = "fax"
    COPY = "copy"
    ASIDE = "aside"


@dataclass(frozen=True)
class NewReply:
    """`words` is sealed to the inbox: what was said, or why nothing was."""

    id: str
    referral_id: str
    user_id: str
    at: datetime
    whom: Whom
    about: Outcome
    way: ReplyWay
    words: bytes


@dataclass(frozen=True)
class Reply:
    """`words` is None once retention took them; `delivery` is how the mail stands, if it was one."""

    id: str
    referral_id: str
    user_id: str
    at: datetime
    whom: Whom
    about: Outcome
    way: ReplyWay
    words: bytes | None
    delivery: DeliveryState | None


class Replies:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def of_referral(self, referral_id: str) -> list[Reply]:
        """Oldest first."""
        query = (
            sa.select(reply, delivery.c.state.label("stands"))
            .outerjoin(delivery, delivery.c.id == reply.c.delivery_id)
            .where(reply.c.referral_id == referral_id)
            .order_by(reply.c.at, reply.c.id)
        )
        with self._store.read() as connection:
            return [_to_reply(row) for row in connection.execute(query)]

    def record(self, new: NewReply, outgoing: NewDelivery | None = None) -> None:
        """In one commit with its delivery, if it goes by mail; the same id again changes nothing.

        Raises NotFound, or NotNow once the referral is closed.
        """
        with self._store.write() as connection:
            _require_open(connection, new.referral_id)
            same = sa.select(reply.c.id).where(reply.c.id == new.id)
            if connection.scalar(same) is not None:
                return
            connection.execute(
                reply.insert(),
                {
                    "id": new.id,
                    "referral_id": new.referral_id,
                    "user_id": new.user_id,
                    "at": to_micros(new.at),
                    "whom": new.whom.value,
                    "about": new.about.value,
                    "way": new.way.value,
                    "words": new.words,
                    "delivery_id": outgoing.id if outgoing else None,
                },
            )
            if outgoing:
                rows = delivery_values([outgoing], to_micros(self._clock()))
                connection.execute(delivery.insert(), rows)
            detail = f"{new.whom.value} {new.about.value} {new.way.value}"
            self._note(connection, "reply.recorded", new.referral_id, new.user_id, detail)
        if outgoing:
            self._store.wake.set()

    def take_back(self, reply_id: str, user_id: str, since: datetime) -> None:
        """Undoes the user's own reply of `since` or later; a mail only while it has not begun to go.

        Raises NotFound for any other, NotNow once the referral is closed or the mail on its way.
        """
        own = sa.and_(
            reply.c.id == reply_id, reply.c.user_id == user_id, reply.c.at >= to_micros(since)
        )
        with self._store.write() as connection:
            row = connection.execute(sa.select(reply).where(own)).first()
            if row is None:
                raise NotFound("reply", reply_id)
            _require_open(connection, row.referral_id)
            if row.delivery_id is not None:
                self._withdraw(connection, row.delivery_id)
            connection.execute(reply.delete().where(own))
            self._note(connection, "reply.taken_back", row.referral_id, user_id, reply_id)

    def set_consent(self, referral_id: str, user_id: str, *, given: bool) -> None:
        """The patient told the practice itself that the source may learn how it goes, or that it may
        not: then no consent is left. Also once closed, for the status page. Raises NotFound.
        """
        with self._store.write() as connection:
            before = get_referral(connection, referral_id, to_change=True)
            flags = before.flags | _CONSENTS if given else before.flags - _CONSENTS
            if flags == before.flags:
                return
            here = referral.c.id == referral_id
            words = " ".join(sorted(flags))
            connection.execute(referral.update().where(here).values(flags=words))
            action = "referral.consent_given" if given else "referral.consent_withdrawn"
            self._note(connection, action, referral_id, user_id)

    def begin_closing(self, referral_id: str, outcome: Outcome, user_id: str) -> None:
        """Keeps the ending that was picked while its replies are written; NotFound, NotNow."""
        values = {"outcome": outcome.value, "user_id": user_id, "at": to_micros(self._clock())}
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            insert = upsert(connection, closing).values(referral_id=referral_id, **values)
            connection.execute(
                insert.on_conflict_do_update(index_elements=["referral_id"], set_=values)
            )
            self._note(connection, "referral.closing", referral_id, user_id, outcome.value)

    def stop_closing(self, referral_id: str, user_id: str) -> None:
        """It stays open after all; nothing happens when nobody was closing it."""
        with self._store.write() as connection:
            gone = connection.execute(
                closing.delete().where(closing.c.referral_id == referral_id)
            ).rowcount
            if gone:
                self._note(connection, "referral.closing_stopped", referral_id, user_id)

    def closing_as(self, referral_id: str) -> Outcome | None:
        """The ending that waits for its replies."""
        query = sa.select(closing.c.outcome).where(closing.c.referral_id == referral_id)
        with self._store.read() as connection:
            found = connection.scalar(query)
        return Outcome(found) if found else None

    def _withdraw(self, connection: Connection, delivery_id: str) -> None:
        waiting = sa.and_(delivery.c.id == delivery_id, DUE, delivery.c.attempts == 0)
        values = {"state": DeliveryState.DISMISSED.value, "parcel": None}
        stopped = connection.execute(delivery.update().where(waiting).values(**values))
        if stopped.rowcount != 1:
            raise NotNow("reply", delivery_id, "on its way", "still here")

    def _note(
        self, connection: Connection, action: str, referral_id: str, user_id: str, detail: str = ""
    ) -> None:
        self._audit.append(
            connection, action, actor=f"user:{user_id}", referral_id=referral_id, detail=detail
        )


def _require_open(connection: Connection, referral_id: str) -> None:
    found = get_referral(connection, referral_id, to_change=True)
    if found.state is ReferralState.CLOSED:
        raise NotNow("referral", referral_id, found.state.value, "open")


def _to_reply(row: sa.Row[tuple[object, ...]]) -> Reply:
    return Reply(
        id=row.id,
        referral_id=row.referral_id,
        user_id=row.user_id,
        at=from_micros(row.at),
        whom=Whom(row.whom),
        about=Outcome(row.about),
        way=ReplyWay(row.way),
        words=row.words,
        delivery=DeliveryState(row.stands) if row.stands else None,
    )
