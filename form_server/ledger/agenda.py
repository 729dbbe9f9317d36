"""Work that is done by the clock: rows of the queue that send nothing and write other rows.

A referral's clock, the digest, the drill and retention are delivery rows with the channel `none`;
`address` says where each stands. None is ever claimed. A turn is one transaction: it looks at the
row and its referral under a lock, writes the deliveries that are due and arms the row again. A
process that dies in a turn leaves the row as it was, and no turn can be taken twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.deliveries import to_delivery
from form_server.ledger.engine import Store
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import (
    Channel,
    Delivery,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Outcome,
    Referral,
    ReferralState,
)
from form_server.ledger.sound_rows import EARLIEST
from form_server.ledger.tables import DUE, OPEN, delivery, referral
from form_server.ledger.upsert import upsert

_ERROR_LENGTH = 500
_BY_CLOCK = delivery.c.channel == Channel.NONE.value
_CLOCK = DeliveryKind.CLOCK.value
CLOCK_OF_A_REFERRAL = "-clock"  # after its id
STANDING = "standing-"  # before the kind of what recurs


@dataclass(frozen=True)
class Appointment:
    """A row whose time has come; `place` is where it stands, `failures` how often its turn failed."""

    id: str
    kind: DeliveryKind
    referral_id: str | None
    due_at: datetime
    place: str
    failures: int
    question_id: str | None = None


@dataclass(frozen=True)
class Case:
    """What a turn decides about: a referral as it stands, and what went out about it so far."""

    referral: Referral
    deliveries: Sequence[Delivery]


@dataclass(frozen=True)
class Turn:
    """What a turn writes: deliveries, and the next turn, or none when `at` is None.

    `outcome` closes the referral with it. `note` goes into the audit, with `detail`.
    """

    at: datetime | None
    place: str = ""
    deliveries: Sequence[NewDelivery] = ()
    outcome: Outcome | None = None
    note: str = ""
    detail: str = ""


class Agenda:
    """Each turn is one commit. Safe to share between threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def due(
        self, now: datetime, kinds: Collection[DeliveryKind], limit: int = 50
    ) -> list[Appointment]:
        """Those of these kinds whose time has come, longest due first."""
        ripe = sa.select(delivery).where(
            DUE,
            delivery.c.due_at.between(EARLIEST, to_micros(now)),
            _BY_CLOCK,
            delivery.c.kind.in_(kinds),
        )
        with self._store.read() as connection:
            rows = connection.execute(
                ripe.order_by(delivery.c.due_at, delivery.c.id).limit(limit)
            ).all()
        return [
            Appointment(
                row.id,
                DeliveryKind(row.kind),
                row.referral_id,
                from_micros(row.due_at),
                row.address,
                row.attempts,
                row.question_id,
            )
            for row in rows
        ]

    def take_turn(self, one: Appointment, decide: Callable[[Case | None], Turn]) -> bool:
        """Does what `decide` says; False when the row was taken, moved or ended meanwhile.

        `decide` gets the referral, or None for work that belongs to none. It reads nothing else that
        can change. What it raises undoes everything.
        """
        with self._store.write() as connection:
            # The referral first, as every step at the desk does: never the other way around.
            case = None
            if one.referral_id is not None:
                found = get_referral(connection, one.referral_id, to_change=True)
                case = Case(found, _sent_about(connection, found.id))
            same = sa.and_(delivery.c.id == one.id, DUE, delivery.c.due_at == to_micros(one.due_at))
            held = sa.select(delivery.c.id).where(same).with_for_update(skip_locked=True)
            if connection.scalar(held) is None:
                return False
            turn = decide(case)
            self._write(connection, one, turn)
        if turn.deliveries:
            self._store.wake.set()
        return True

    def postpone(self, one: Appointment, until: datetime, error: str) -> None:
        """A turn failed: the row says so, and is due again at `until`."""
        same = sa.and_(delivery.c.id == one.id, DUE, delivery.c.due_at == to_micros(one.due_at))
        with self._store.write() as connection:
            connection.execute(
                delivery.update()
                .where(same)
                .values(
                    state=DeliveryState.RETRYING.value,
                    due_at=to_micros(until),
                    attempts=delivery.c.attempts + 1,
                    last_error=error[:_ERROR_LENGTH],
                )
            )

    def stand(self, kind: DeliveryKind, at: datetime | None) -> None:
        """Lets recurring work of a kind begin at `at`, or end when that is None.

        Work that stands already keeps its time. Work that a restored backup holds stays on hold.
        """
        name = f"{STANDING}{kind.value}"
        row = {
            "id": name, "kind": kind.value, "channel": Channel.NONE.value, "address": "",
            "state": DeliveryState.PENDING.value, "due_at": to_micros(at or self._clock()),
            "message_id": "", "created_at": to_micros(self._clock()),
        }  # fmt: skip
        ended = sa.and_(delivery.c.id == name, delivery.c.state == DeliveryState.DISMISSED.value)
        with self._store.write() as connection:
            if at is None:
                connection.execute(
                    delivery.update()
                    .where(delivery.c.id == name, DUE)
                    .values(state=DeliveryState.DISMISSED.value)
                )
                return
            connection.execute(upsert(connection, delivery).values(row).on_conflict_do_nothing())
            again = {"state": row["state"], "due_at": row["due_at"]}
            connection.execute(delivery.update().where(ended).values(again))

    def wind_up(self, at: datetime) -> int:
        """Gives a clock to every open referral that needs one and has none; how many.

        For those that an earlier version accepted. The clock is first looked at at `at`.
        """
        clocked = sa.select(delivery.c.referral_id).where(delivery.c.kind == _CLOCK)
        bare = sa.select(referral.c.id).where(
            OPEN, referral.c.first_contact_at.is_(None), referral.c.id.not_in(clocked)
        )
        with self._store.read() as connection:
            missing = list(connection.scalars(bare))
        if missing:
            rows = delivery_values([clock_row(one, at) for one in missing], to_micros(at))
            with self._store.write() as connection:
                insert = upsert(connection, delivery).on_conflict_do_nothing()
                connection.execute(insert, rows)
        return len(missing)

    def _write(self, connection: Connection, one: Appointment, turn: Turn) -> None:
        now = to_micros(self._clock())
        if turn.deliveries:
            connection.execute(delivery.insert(), delivery_values(turn.deliveries, now))
        if turn.outcome is not None:
            connection.execute(
                referral.update()
                .where(referral.c.id == one.referral_id)
                .values(state=ReferralState.CLOSED.value, outcome=turn.outcome.value, closed_at=now)
            )
        next_time: dict[str, object] = {"state": DeliveryState.SENT.value, "sent_at": now}
        if turn.at is not None:
            next_time = {"state": DeliveryState.PENDING.value, "due_at": to_micros(turn.at)}
        connection.execute(
            delivery.update()
            .where(delivery.c.id == one.id)
            .values(address=turn.place, attempts=0, last_error=None, **next_time)
        )
        if turn.note:
            self._audit.append(
                connection,
                turn.note,
                actor="clock",
                referral_id=one.referral_id,
                detail=turn.detail,
            )


def clock_row(referral_id: str, at: datetime) -> NewDelivery:
    """The clock of a referral, for the commit that accepts it; first looked at at `at`."""
    return NewDelivery(
        id=f"{referral_id}{CLOCK_OF_A_REFERRAL}",  # beside the referral's other rows, at the end of the index
        kind=DeliveryKind.CLOCK,
        channel=Channel.NONE,
        address="",
        referral_id=referral_id,
        due_at=at,
        parcel=b"",
        message_id="",
    )


def _sent_about(connection: Connection, referral_id: str) -> list[Delivery]:
    """What goes out about a referral, oldest first."""
    rows = connection.execute(
        sa.select(delivery)
        .where(delivery.c.referral_id == referral_id, sa.not_(_BY_CLOCK))
        .order_by(delivery.c.created_at, delivery.c.id)
    )
    return [to_delivery(row) for row in rows]
