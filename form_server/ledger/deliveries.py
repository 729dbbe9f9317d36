"""The delivery rows as people see them: what went out, what waits, what needs a human."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.moments import to_micros
from form_server.ledger.rows import OUTWARD, Channel, Delivery, DeliveryKind, DeliveryState
from form_server.ledger.sound_rows import SoundRow
from form_server.ledger.tables import (
    DUE,
    NEEDS_SOMEBODY,
    TROUBLED,
    delivery,
    newsletter_copy,
    question,
    referral,
)

OUR_FAULT: Final = "This server failed at it"
"""How the reason of a failure begins that is the program's own: nobody refused anything."""
TRIED_OFTEN: Final = 5
"""So many tries have taken a minute; what still fails then is shown."""

# Of newsletters their own page tells: a reader's mailbox that is full is no trouble of the server.
_OURS = delivery.c.channel != Channel.BULK.value
_FAILING = sa.and_(
    DUE,
    _OURS,
    delivery.c.state == DeliveryState.RETRYING.value,
    sa.or_(delivery.c.attempts >= TRIED_OFTEN, delivery.c.last_error.startswith(OUR_FAULT)),
)
_OUTWARD = delivery.c.kind.in_([kind.value for kind in OUTWARD])
_IS_TROUBLE = sa.or_(TROUBLED, _FAILING)
_SHOWN = [delivery.c[field.name] for field in fields(Delivery)]


class Deliveries:
    """The human's side of the delivery rows."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def get(self, delivery_id: str) -> Delivery:
        """Raises NotFound."""
        with self._store.read() as connection:
            return _get(connection, delivery_id)

    def of_referral(self, referral_id: str) -> list[Delivery]:
        """What goes out about it, oldest due first; its clock, which sends nothing, is left out."""
        return self.where(
            sa.and_(delivery.c.referral_id == referral_id, delivery.c.channel != Channel.NONE.value)
        )

    def troubled(self) -> list[Delivery]:
        """Those that are unknown or stuck, oldest due first; what is tried again is not there, and
        no newsletter."""
        return self.where(sa.and_(TROUBLED, _OURS))

    def failing(self) -> list[Delivery]:
        """Those that are tried again and again, or fail for a reason of ours; oldest due first."""
        return self.where(_FAILING)

    def needing_somebody(
        self,
        inbox_ids: Sequence[str],
        *,
        with_server: bool,
        after: Delivery | None = None,
        limit: int = 50,
    ) -> list[Delivery]:
        """Unknown, stuck, failing or on hold, about what came into these inboxes; oldest written first.

        With `with_server` also those that are about the server, save a newsletter's copies. `after`
        is the last one of the page before.
        """
        which = _needs_somebody(inbox_ids, with_server=with_server)
        place = (delivery.c.created_at, delivery.c.id)
        if after is not None:
            here = sa.tuple_(sa.literal(to_micros(after.created_at)), sa.literal(after.id))
            which = sa.and_(which, sa.tuple_(*place) > here)
        query = sa.select(*_SHOWN).where(which).order_by(*place).limit(limit)
        with self._store.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]

    def count_needing_somebody(self, inbox_ids: Sequence[str], *, with_server: bool) -> int:
        counted = sa.select(sa.func.count()).select_from(delivery)
        query = counted.where(_needs_somebody(inbox_ids, with_server=with_server))
        with self._store.read() as connection:
            return connection.scalar(query) or 0

    def counts(self) -> dict[DeliveryState, int]:
        """How many rows are in each state, newsletters aside; every state has its key."""
        counted = (
            sa.select(delivery.c.state, sa.func.count().label("rows"))
            .where(_OURS)
            .group_by(delivery.c.state)
        )
        with self._store.read() as connection:
            found = {row.state: row.rows for row in connection.execute(counted)}
        return {state: found.get(state.value, 0) for state in DeliveryState}

    def try_again(self, delivery_id: str, at: datetime, *, actor: str) -> None:
        """Has an unknown, stuck or failing delivery tried again, due at `at`; NotFound, NotNow."""
        self._resolve(
            delivery_id,
            "delivery.tried_again",
            actor,
            state=DeliveryState.PENDING.value,
            due_at=to_micros(at),
        )
        self._store.wake.set()

    def dismiss(self, delivery_id: str, *, actor: str) -> None:
        """Ends an unknown, stuck or failing delivery unsent, its parcel wiped; NotFound, NotNow."""
        self._resolve(
            delivery_id,
            "delivery.dismissed",
            actor,
            state=DeliveryState.DISMISSED.value,
            parcel=None,
            address=sa.case((_OUTWARD, ""), else_=delivery.c.address),
            last_error=sa.case((_OUTWARD, None), else_=delivery.c.last_error),
        )

    def _resolve(self, delivery_id: str, action: str, actor: str, **values: object) -> None:
        with self._store.write() as connection:
            before = _get(connection, delivery_id)
            changed = connection.execute(
                delivery.update().where(delivery.c.id == delivery_id, _IS_TROUBLE).values(**values)
            )
            if changed.rowcount != 1:
                raise NotNow(
                    "delivery", delivery_id, before.state.value, "unknown, stuck or failing"
                )
            self._audit.append(
                connection,
                action,
                actor=actor,
                referral_id=before.referral_id,
                detail=f"{before.kind.value} {delivery_id}",
            )

    def where(
        self, which: sa.ColumnElement[bool] | sa.TextClause, limit: int | None = None
    ) -> list[Delivery]:
        """Oldest due first; for the other parts of the ledger."""
        query = sa.select(*_SHOWN).where(which).order_by(delivery.c.due_at, delivery.c.id)
        query = query.limit(limit)
        with self._store.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]


def _needs_somebody(inbox_ids: Sequence[str], *, with_server: bool) -> sa.ColumnElement[bool]:
    own = sa.exists().where(
        referral.c.id == delivery.c.referral_id, referral.c.inbox_id.in_(inbox_ids)
    )
    asked = sa.exists().where(
        question.c.id == delivery.c.question_id, question.c.inbox_id.in_(inbox_ids)
    )
    # A newsletter's copies are looked after where the newsletter is.
    copied = sa.exists().where(newsletter_copy.c.delivery_id == delivery.c.id)
    of_the_server = sa.and_(
        delivery.c.referral_id.is_(None), delivery.c.question_id.is_(None), ~copied
    )
    seen = sa.or_(own, asked, of_the_server) if with_server else sa.or_(own, asked)
    return sa.and_(sa.or_(NEEDS_SOMEBODY, _FAILING), seen)


def _get(connection: Connection, delivery_id: str) -> Delivery:
    row = connection.execute(sa.select(*_SHOWN).where(delivery.c.id == delivery_id)).first()
    if row is None:
        raise NotFound("delivery", delivery_id)
    return to_delivery(row)


def to_delivery(row: sa.Row[tuple[object, ...]]) -> Delivery:
    """Never fails: what is damaged in it reads as what somebody looks at."""
    read = SoundRow(row)
    otherwise = DeliveryKind.NOTICE if row.referral_id else DeliveryKind.ALERT
    return Delivery(
        id=row.id,
        kind=read.word_or_none(DeliveryKind, "kind") or otherwise,
        channel=read.word_or_none(Channel, "channel") or Channel.EMAIL,
        address=read.text("address"),
        referral_id=row.referral_id,
        state=read.word_or_none(DeliveryState, "state") or DeliveryState.STUCK,
        due_at=read.moment("due_at", read.drawn_at()),
        attempts=read.count("attempts"),
        message_id=read.text("message_id"),
        last_error=read.text_or_none("last_error"),
        created_at=read.moment("created_at", read.drawn_at()),
        sent_at=read.moment_or_none("sent_at"),
        question_id=row.question_id,
    )
