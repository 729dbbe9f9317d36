"""What a question said, removed for good: by retention, by hand, and again after a restore.

Retention takes the words and leaves the row; erasing takes the row as well. Each is on record in the
same commit, as with referrals, and in the same list that a restored backup is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.erasing import ERASED, owe_folding
from form_server.ledger.errors import NotFound
from form_server.ledger.moments import to_micros
from form_server.ledger.purging import Deletion
from form_server.ledger.questions import get_question
from form_server.ledger.rows import OUTWARD, DeliveryState
from form_server.ledger.tables import deletion, delivery, fingerprint, question
from form_server.ledger.upsert import upsert

_OUTWARD = delivery.c.kind.in_([kind.value for kind in OUTWARD])
_UNFINISHED = delivery.c.state.not_in([DeliveryState.SENT.value, DeliveryState.DISMISSED.value])


class QuestionRemoval:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def closed_before(self, moment: datetime, limit: int = 50) -> list[str]:
        """Closed questions that still hold their words, longest closed first."""
        ripe = (
            sa.select(question.c.id)
            .where(_is_ripe(moment))
            .order_by(question.c.closed_at, question.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return list(connection.scalars(ripe))

    def count_closed_before(self, moment: datetime) -> int:
        """How many would go now under a rule that ends at that moment."""
        counted = sa.select(sa.func.count()).select_from(question).where(_is_ripe(moment))
        with self._store.read() as connection:
            return connection.scalar(counted) or 0

    def purge(self, gone: Deletion) -> bool:
        """Whether there was a closed question to empty; a second time changes nothing."""
        closed = sa.and_(question.c.id == gone.id, question.c.closed_at.is_not(None))
        with self._store.write() as connection:
            emptied = connection.execute(
                question.update().where(closed).values(envelope=b"", answer=None)
            )
            if emptied.rowcount != 1:
                return False
            about = delivery.c.question_id == gone.id
            ended = {"state": DeliveryState.DISMISSED.value, "owner": None, "claimed_at": None}
            connection.execute(delivery.update().where(about, _UNFINISHED).values(**ended))
            connection.execute(delivery.update().where(about).values(parcel=None))
            # Where an answer went is the asker's own address.
            connection.execute(
                delivery.update().where(about, _OUTWARD).values(address="", last_error=None)
            )
            _record(connection, gone)
            self._audit.append(
                connection, "question.purged", actor="clock", detail=f"{gone.id} {gone.rule}"
            )
        return True

    def erase(self, question_id: str, *, actor: str, rule: str = ERASED) -> None:
        """The row, what was written about it and what tells that it came twice. Raises NotFound."""
        with self._store.write() as connection:
            get_question(connection, question_id, to_change=True)
            connection.execute(delivery.delete().where(delivery.c.question_id == question_id))
            connection.execute(fingerprint.delete().where(fingerprint.c.referral_id == question_id))
            connection.execute(question.delete().where(question.c.id == question_id))
            _record(connection, Deletion(question_id, self._clock(), rule))
            owe_folding(connection)
            self._audit.append(
                connection, "question.erased", actor=actor, detail=f"{question_id} {rule}"
            )

    def remove_again(self, record: Deletion, *, actor: str) -> bool:
        """What a backup brought back goes as it went before; whether it was there."""
        with self._store.read() as connection:
            try:
                held = get_question(connection, record.id)
            except NotFound:
                return False
        if not held.envelope:
            return False
        if not record.rule.startswith(ERASED) and self.purge(record):
            return True
        self.erase(record.id, actor=actor, rule=record.rule)
        return True


def _is_ripe(moment: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        question.c.closed_at < to_micros(moment),
        question.c.id.not_in(sa.select(deletion.c.id)),
    )


def _record(connection: Connection, gone: Deletion) -> None:
    row = {"id": gone.id, "at": to_micros(gone.at), "rule": gone.rule}
    connection.execute(upsert(connection, deletion).values(row).on_conflict_do_nothing())
