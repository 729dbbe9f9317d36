"""The delivery rows as a queue: claimed by an owner, settled by that owner, never dropped.

Claiming is one statement for both stores: PostgreSQL skips rows that others are claiming, SQLite
has one writer at a time anyway. A row ends as sent or dismissed; every other state is either tried
again or shown until somebody resolves it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.compiled import Compiled
from form_server.ledger.damaged import put_damaged_aside
from form_server.ledger.engine import Store
from form_server.ledger.errors import ClaimLost, RowDamaged
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.owners import Owners
from form_server.ledger.rows import (
    Channel,
    Claimed,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Promise,
    Voided,
)
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import DUE, HELD, delivery

_ERROR_LENGTH = 500
_FREE: dict[str, object] = {"owner": None, "claimed_at": None}
_CLAIMED_FIELDS = [field.name for field in fields(Claimed)]
_AT_LEAST_ONCE = [kind.value for kind in DeliveryKind if kind.promise is Promise.AT_LEAST_ONCE]


class Queue:
    """The worker's side of the delivery rows."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        channels = (None, *Channel)
        self._first_due = {way: Compiled(store, _first_due(way), ()) for way in channels}
        self._ripe = {way: Compiled(store, _ripe(way).limit(1), ("moment",)) for way in channels}
        names = ("by", "moment", "many")
        self._claim = {
            (way, only): Compiled(store, _claim_statement(way, only), names)
            for way in channels
            for only in (None, Promise.AT_LEAST_ONCE)
        }
        held = sa.select(delivery.c.id).where(HELD, delivery.c.owner == sa.bindparam("by")).limit(1)
        self._held = Compiled(store, held, ("by",))
        self._settled: dict[tuple[str, ...], Compiled] = {}
        self.owners = Owners(store)

    def add(self, deliveries: Sequence[NewDelivery]) -> None:
        """Writes deliveries that belong to no submission, and wakes the worker."""
        if not deliveries:
            return
        with self._store.write() as connection:
            now = to_micros(self._clock())
            connection.execute(delivery.insert(), delivery_values(deliveries, now))
        self._store.wake.set()

    def claim(
        self,
        owner: str,
        now: datetime,
        limit: int,
        channel: Channel | None = None,
        *,
        alarms_only: bool = False,
    ) -> list[Claimed]:
        """At most `limit` deliveries that are due and nobody holds, those due longest first.

        With a `channel`, only what goes out by it; `alarms_only`, what is promised at least once.
        """
        # A look before the claim keeps the sweep of an idle worker from writing to the disk, and
        # ends at this moment, so that it passes over the clocks of all that is open.
        moment = to_micros(now)
        with self._store.read_bare() as cursor:
            self._ripe[channel].run(cursor, {"moment": moment})
            if not cursor.fetchall():
                return []
        values = {"by": owner, "moment": moment, "many": limit}
        # After a power cut a claim is void in any case, so it need not outlast one.
        with self._store.write_bare(lasting=False) as cursor:
            only = Promise.AT_LEAST_ONCE if alarms_only else None
            self._claim[channel, only].run(cursor, values)
            rows = cursor.fetchall()
        claimed, damaged = _read(rows)
        if damaged:
            put_damaged_aside(self._store, self._audit, damaged, now)
        # RETURNING has no order of its own.
        return sorted(claimed, key=lambda one: (one.due_at, one.id))

    def release(self, owner: str) -> int:
        """Gives back what `owner` claimed and did not begin to transmit, due as before; how many.

        For an orderly stop, and after a claim whose commit may have happened unheard.
        """
        held = sa.and_(
            HELD, delivery.c.owner == owner, delivery.c.state == DeliveryState.SENDING.value
        )
        with self._store.write() as connection:
            freed = connection.execute(
                delivery.update().where(held).values(state=DeliveryState.PENDING.value, **_FREE)
            ).rowcount
        if freed:
            self._store.wake.set()
        return freed

    def holds_any(self, owner: str) -> bool:
        """Whether a row is held by `owner`: a look that costs an idle lane nothing."""
        with self._store.read_bare() as cursor:
            self._held.run(cursor, {"by": owner})
            return bool(cursor.fetchall())

    def mark_transmitting(self, delivery_id: str, owner: str) -> None:
        """The bytes are about to go out: from here on an at-most-once delivery is not repeated."""
        self._settle(delivery_id, owner, state=DeliveryState.TRANSMITTING, keeps_claim=True)

    def mark_sent(
        self,
        delivery_id: str,
        owner: str,
        at: datetime,
        *,
        lasting: bool = True,
        forgets_whom: bool = False,
    ) -> None:
        """It arrived; the parcel is wiped, and so is the address where it `forgets_whom`.

        Not `lasting`: a power cut in the next seconds may undo this, and it is sent again.
        """
        whom: dict[str, Any] = {"address": ""} if forgets_whom else {}
        self._settle(
            delivery_id,
            owner,
            state=DeliveryState.SENT,
            lasting=lasting,
            sent_at=to_micros(at),
            parcel=None,
            last_error=None,
            **whom,
        )

    def mark_retrying(
        self, delivery_id: str, owner: str, next_attempt_at: datetime, error: str
    ) -> None:
        """Not yet; due again at `next_attempt_at`."""
        self._settle(
            delivery_id,
            owner,
            state=DeliveryState.RETRYING,
            due_at=to_micros(next_attempt_at),
            last_error=error[:_ERROR_LENGTH],
        )

    def mark_unknown(self, delivery_id: str, owner: str, error: str) -> None:
        """It may have arrived, and must not arrive twice: a human looks."""
        self._settle(
            delivery_id, owner, state=DeliveryState.UNKNOWN, last_error=error[:_ERROR_LENGTH]
        )

    def mark_stuck(self, delivery_id: str, owner: str, error: str) -> None:
        """It will not arrive as it is: a human mends."""
        self._settle(
            delivery_id, owner, state=DeliveryState.STUCK, last_error=error[:_ERROR_LENGTH]
        )

    def void_claims(self) -> Voided:
        """Frees what processes held when they ended; call at start, before the first claim.

        On SQLite every claim is of an earlier boot, because one process serves at a time; on
        PostgreSQL only the claims of owners that have no `presence` any more are freed. Such an
        owner may only have lost its line, so what is unknown keeps its name: it can still tell.
        """
        with self._store.write() as connection:
            mine = self.owners.gone(connection)
            repeatable = sa.or_(
                delivery.c.state == DeliveryState.SENDING.value,
                delivery.c.kind.in_(_AT_LEAST_ONCE),
            )
            pending = connection.execute(
                delivery.update()
                .where(HELD, mine, repeatable)
                .values(state=DeliveryState.PENDING.value, **_FREE)
            ).rowcount
            unknown = connection.execute(
                delivery.update()
                .where(HELD, mine)
                .values(
                    state=DeliveryState.UNKNOWN.value,
                    last_error="The server stopped while this was being sent.",
                    claimed_at=None,
                )
            ).rowcount
            if pending or unknown:
                detail = f"pending={pending} unknown={unknown}"
                self._audit.append(
                    connection, "delivery.claims_voided", actor="worker", detail=detail
                )
        if pending:
            self._store.wake.set()
        return Voided(pending, unknown)

    def next_due_at(self, channel: Channel | None = None) -> datetime | None:
        """When the next delivery falls due, perhaps in the past; None while none waits."""
        with self._store.read_bare() as cursor:
            self._first_due[channel].run(cursor, {})
            due_at: int | None = cursor.fetchall()[0][0]
        return from_micros(due_at)

    def _settle(
        self,
        delivery_id: str,
        owner: str,
        *,
        state: DeliveryState,
        keeps_claim: bool = False,
        lasting: bool = True,
        **values: object,
    ) -> None:
        if not keeps_claim:
            values |= _FREE
        changes = {"state": state.value, **values}
        names = tuple(changes)
        if names not in self._settled:
            given = ("one", "by", *map(_new, names))
            self._settled[names] = Compiled(self._store, _settle_statement(names), given)
        bound = {_new(name): value for name, value in changes.items()}
        with self._store.write_bare(lasting=lasting) as cursor:
            self._settled[names].run(cursor, {"one": delivery_id, "by": owner, **bound})
            changed = cursor.rowcount
        if changed != 1:
            raise ClaimLost(delivery_id, owner)


def _by_channel(channel: Channel | None) -> sa.ColumnElement[bool]:
    return sa.true() if channel is None else delivery.c.channel == channel.value


@cache
def _first_due(channel: Channel | None) -> sa.Select[tuple[int]]:
    first = sa.func.min(delivery.c.due_at)
    # What is damaged is due at no time; it is put aside elsewhere.
    return sa.select(first).where(DUE, is_sound(delivery.c.due_at), _by_channel(channel))


@cache
def _ripe(channel: Channel | None) -> sa.Select[tuple[str]]:
    ripe = DUE, delivery.c.due_at <= sa.bindparam("moment"), _by_channel(channel)
    return sa.select(delivery.c.id).where(*ripe)


@cache
def _claim_statement(
    channel: Channel | None, only: Promise | None
) -> sa.sql.dml.ReturningUpdate[tuple[object, ...]]:
    # Written out: a statement that is compiled once knows no list of values.
    kinds = [f"'{kind.value}'" for kind in DeliveryKind if kind.promise is only]
    of_kind = delivery.c.kind.in_([sa.literal_column(kind) for kind in kinds])
    ripe = (
        _ripe(channel)
        .where(sa.true() if only is None else of_kind)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(sa.bindparam("many", type_=sa.Integer))
        .with_for_update(skip_locked=True)
        .cte("ripe")
    )
    return (
        delivery.update()
        .where(delivery.c.id.in_(sa.select(ripe.c.id)))
        .values(
            state=DeliveryState.SENDING.value,
            owner=sa.bindparam("by"),
            claimed_at=sa.bindparam("moment"),
            attempts=delivery.c.attempts + 1,
        )
        .returning(*(delivery.c[name] for name in _CLAIMED_FIELDS))
    )


def _settle_statement(names: Sequence[str]) -> sa.Update:
    untold = sa.or_(HELD, delivery.c.state == DeliveryState.UNKNOWN.value)
    held = sa.and_(
        delivery.c.id == sa.bindparam("one"), delivery.c.owner == sa.bindparam("by"), untold
    )
    return delivery.update().where(held).values({name: sa.bindparam(_new(name)) for name in names})


def _new(column: str) -> str:
    """A parameter for a column's new value; its bare name is kept for SQLAlchemy's own."""
    return f"new_{column}"


def _read(rows: Sequence[Sequence[Any]]) -> tuple[list[Claimed], list[str]]:
    """What the rows say, and the ids of those that say nothing that is known here."""
    claimed, damaged = list[Claimed](), list[str]()
    for row in rows:
        try:
            claimed.append(_claimed(row))
        except (ValueError, TypeError, OverflowError, RowDamaged):
            damaged.append(row[_CLAIMED_FIELDS.index("id")])
    return claimed, damaged


def _claimed(row: Sequence[Any]) -> Claimed:
    values = dict(zip(_CLAIMED_FIELDS, row, strict=True))
    values["kind"] = DeliveryKind(values["kind"])
    values["channel"] = Channel(values["channel"])
    values["due_at"] = from_micros(values["due_at"])
    values["created_at"] = from_micros(values["created_at"])
    return Claimed(**values)
