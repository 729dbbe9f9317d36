"""The turns of questions by the clock: one look at one of them, and word of those kept aside.

As with referrals a turn is one transaction, which looks at the question under a lock, writes what is
due and arms the clock again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.agenda import Appointment, Turn
from form_server.ledger.audit import Audit
from form_server.ledger.deliveries import to_delivery
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.flags import QUARANTINE
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.question_rows import Question
from form_server.ledger.questions import (
    clock_id,
    get_question,
    insert_deliveries,
    to_question,
)
from form_server.ledger.rows import Channel, Delivery, DeliveryKind, DeliveryState
from form_server.ledger.setbacks import LONGEST_RETRY, SLACK
from form_server.ledger.tables import DUE, UNANSWERED, delivery, question

_IS_ASIDE = sa.and_(UNANSWERED, (" " + question.c.flags + " ").like(f"% {QUARANTINE} %"))


@dataclass(frozen=True)
class QuestionCase:
    """What a turn decides about: a question as it stands, and what went out about it so far."""

    question: Question
    deliveries: Sequence[Delivery]


@dataclass(frozen=True)
class AsideInbox:
    """What looks automatic in one inbox: how many, the oldest, and the first promise."""

    count: int
    oldest_at: datetime | None
    promised_by: datetime | None


class QuestionClock:
    """Safe to share between threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def take_turn(self, one: Appointment, decide: Callable[[QuestionCase], Turn]) -> bool:
        """Does what `decide` says; False when the row was taken, moved or ended meanwhile.

        Raises NotFound; what `decide` raises undoes everything.
        """
        if one.question_id is None:
            raise NotFound("question of the clock", one.id)
        with self._store.write() as connection:
            found = get_question(connection, one.question_id, to_change=True)
            if not _hold(connection, one):
                return False
            turn = decide(QuestionCase(found, _sent_about(connection, found.id)))
            self._write(connection, one, turn)
        if turn.deliveries:
            self._store.wake.set()
        return True

    def tell_of_aside(self, one: Appointment, decide: Callable[[AsideInbox], Turn]) -> bool:
        """The same for all that one inbox keeps aside; `one.place` is the inbox."""
        query = sa.select(
            sa.func.count(),
            sa.func.min(question.c.received_at),
            sa.func.min(question.c.promised_by),
        ).where(_IS_ASIDE, question.c.inbox_id == one.place)
        with self._store.write() as connection:
            if not _hold(connection, one):
                return False
            count, oldest, promised = connection.execute(query).one()
            kept = AsideInbox(count, from_micros(oldest), from_micros(promised))
            turn = decide(kept)
            self._write(connection, one, turn)
        if turn.deliveries:
            self._store.wake.set()
        return True

    def from_the_future(self, now: datetime) -> list[str]:
        """Questions without an answer that came in later than now; their ids."""
        ahead = question.c.received_at > to_micros(now + SLACK)
        query = sa.select(question.c.id).where(UNANSWERED, ahead).order_by(question.c.id)
        with self._store.read() as connection:
            return list(connection.scalars(query))

    def restart(
        self, question_id: str, now: datetime, promise: Callable[[Question], datetime]
    ) -> bool:
        """Lets a question from the future have come in now, and its clock look at once.

        False when it is none any more. `promise` says by when it is answered then. Raises NotFound.
        """
        with self._store.write() as connection:
            before = get_question(connection, question_id, to_change=True)
            if before.answered_at is not None or before.received_at <= now + SLACK:
                return False
            paused_at = before.acknowledged_at and min(before.acknowledged_at, now)
            at = to_micros(now)
            connection.execute(
                question.update()
                .where(question.c.id == question_id)
                .values(
                    received_at=at,
                    promised_by=to_micros(min(promise(before), before.promised_by)),
                    acknowledged_at=to_micros(paused_at),
                )
            )
            clock = sa.and_(delivery.c.id == clock_id(question_id), DUE)
            connection.execute(delivery.update().where(clock).values(due_at=at, created_at=at))
            self._audit.append(
                connection, "question.time_put_right", actor="clock", detail=question_id
            )
        return True

    def astray(self, now: datetime) -> list[tuple[Appointment, Question]]:
        """Clocks whose next look is further away than a failure puts it, each with its question."""
        away = sa.and_(DUE, delivery.c.due_at > to_micros(now + LONGEST_RETRY + SLACK))
        query = (
            sa.select(delivery)
            .where(away, delivery.c.kind == DeliveryKind.QUESTION.value)
            .order_by(delivery.c.id)
        )
        with self._store.read() as connection:
            rows = [row for row in connection.execute(query) if row.question_id]
            ids = [row.question_id for row in rows]
            asked = sa.select(question).where(UNANSWERED, question.c.id.in_(ids))
            found = {row.id: to_question(row) for row in connection.execute(asked)}
        return [
            (_appointment(row), found[row.question_id]) for row in rows if row.question_id in found
        ]

    def _write(self, connection: Connection, one: Appointment, turn: Turn) -> None:
        now = to_micros(self._clock())
        insert_deliveries(connection, turn.deliveries, now)
        next_time: dict[str, object] = {"state": DeliveryState.SENT.value, "sent_at": now}
        if turn.at is not None:
            next_time = {"state": DeliveryState.PENDING.value, "due_at": to_micros(turn.at)}
        connection.execute(
            delivery.update()
            .where(delivery.c.id == one.id)
            .values(address=turn.place, attempts=0, last_error=None, **next_time)
        )
        if turn.note:
            about = one.question_id or one.place
            detail = f"{about} {turn.detail}".strip()
            self._audit.append(connection, turn.note, actor="clock", detail=detail)


def _appointment(row: sa.Row[tuple[object, ...]]) -> Appointment:
    return Appointment(
        row.id,
        DeliveryKind(row.kind),
        row.referral_id,
        from_micros(row.due_at),
        row.address,
        row.attempts,
        row.question_id,
    )


def _hold(connection: Connection, one: Appointment) -> bool:
    same = sa.and_(delivery.c.id == one.id, DUE, delivery.c.due_at == to_micros(one.due_at))
    held = sa.select(delivery.c.id).where(same).with_for_update(skip_locked=True)
    return connection.scalar(held) is not None


def _sent_about(connection: Connection, question_id: str) -> list[Delivery]:
    rows = connection.execute(
        sa.select(delivery)
        .where(delivery.c.question_id == question_id, delivery.c.channel != Channel.NONE.value)
        .order_by(delivery.c.created_at, delivery.c.id)
    )
    return [to_delivery(row) for row in rows]
