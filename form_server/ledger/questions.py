"""Questions and requests for a talk: taken in, each exactly once, and read.

One commit holds the sealed question, its receipt, its deliveries, its clock and its audit row. They
come by the dozen where referrals come by the thousand, so this is written to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, ReceiptTaken, SubmissionReused
from form_server.ledger.flags import QUARANTINE
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import to_micros
from form_server.ledger.question_rows import (
    AnsweredHow,
    NewQuestion,
    Question,
    QuestionCounts,
    QuestionKind,
    TalkState,
)
from form_server.ledger.rations import Rations
from form_server.ledger.referrals import STATUS_SHOWN
from form_server.ledger.rows import (
    Accepted,
    Channel,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Rationed,
)
from form_server.ledger.sound_rows import SoundRow
from form_server.ledger.tables import DUE, UNANSWERED, delivery, fingerprint, question
from form_server.ledger.upsert import upsert

CLOCK_OF_A_QUESTION: Final = "clock-"  # before its id
_SAME_CONTENT_KEPT: Final = timedelta(minutes=10)
_SUBMISSION_ID_KEPT: Final = timedelta(hours=24)
_IS_ASIDE = (" " + question.c.flags + " ").like(f"% {QUARANTINE} %")
_NOT_SPAM = sa.or_(
    question.c.answered_how.is_(None), question.c.answered_how != AnsweredHow.SPAM.value
)


class Questions:
    """Each method is one transaction. Safe to share between threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._rations = Rations(store)

    def accept(
        self,
        new: NewQuestion,
        deliveries: Sequence[NewDelivery],
        *,
        rationed: Rationed | None = None,
        announcement: NewDelivery | None = None,
    ) -> Accepted:
        """The question that the ledger holds after the commit: this one, or the one it repeats.

        An `announcement` is armed unless the row of its name waits already.
        Raises SubmissionReused, ReceiptTaken and LedgerUnavailable as for a referral.
        """
        try:
            accepted = self._take_in(new, deliveries, rationed, announcement)
        except sa.exc.IntegrityError:
            # Its twin was committed a moment ago; or another question has the receipt.
            try:
                accepted = self._take_in(new, deliveries, rationed, announcement)
            except sa.exc.IntegrityError:
                raise ReceiptTaken(new.receipt) from None
        if not accepted.repeated:
            self._store.wake.set()
        return accepted

    def get(self, question_id: str) -> Question:
        """Raises NotFound."""
        with self._store.read() as connection:
            return get_question(connection, question_id)

    def by_status_hash(self, status_hash: bytes) -> Question | None:
        """What an asker's link leads to; None when unknown, or closed for 90 days."""
        with self._store.read() as connection:
            query = sa.select(question).where(question.c.status_hash == status_hash)
            row = connection.execute(query).first()
        found = None if row is None else to_question(row)
        if found and found.closed_at and found.closed_at + STATUS_SHOWN <= self._clock():
            return None
        return found

    def waiting(self, inbox_ids: Sequence[str], limit: int = 50) -> list[Question]:
        """Without an answer, by promise; without what is kept aside."""
        return self._list(
            sa.and_(UNANSWERED, sa.not_(_IS_ASIDE)), inbox_ids, limit, question.c.promised_by
        )

    def aside(self, inbox_ids: Sequence[str], limit: int = 50) -> list[Question]:
        """What looks automatic and was not judged yet, by promise."""
        return self._list(sa.and_(UNANSWERED, _IS_ASIDE), inbox_ids, limit, question.c.promised_by)

    def in_hand(self, inbox_ids: Sequence[str], limit: int = 50) -> list[Question]:
        """Talks that were answered and are not over: those without a day first, then by day."""
        is_in_hand = sa.and_(
            question.c.talk_state.is_not(None),
            question.c.answered_at.is_not(None),
            question.c.closed_at.is_(None),
        )
        return self._list(is_in_hand, inbox_ids, limit, sa.func.coalesce(question.c.talk_on, ""))

    def settled(self, inbox_ids: Sequence[str], limit: int = 50) -> list[Question]:
        """Closed ones that were real, the last closed first."""
        is_settled = sa.and_(question.c.closed_at.is_not(None), _NOT_SPAM)
        return self._list(is_settled, inbox_ids, limit, question.c.closed_at.desc())

    def counts(self, inbox_ids: Sequence[str], now: datetime) -> QuestionCounts:
        late = question.c.promised_by < to_micros(now)
        real = sa.and_(UNANSWERED, sa.not_(_IS_ASIDE))
        agreed = question.c.talk_state == TalkState.AGREED.value
        conditions = (real, sa.and_(real, late), sa.and_(UNANSWERED, _IS_ASIDE), agreed)
        sums = [sa.func.sum(sa.case((one, 1), else_=0)) for one in conditions]
        query = sa.select(*sums).where(
            question.c.inbox_id.in_(inbox_ids), sa.or_(UNANSWERED, agreed)
        )
        with self._store.read() as connection:
            row = connection.execute(query).one()
        return QuestionCounts(*(int(one or 0) for one in row))

    def count(self, inbox_ids: Sequence[str]) -> int:
        counted = sa.select(sa.func.count()).where(question.c.inbox_id.in_(inbox_ids))
        with self._store.read() as connection:
            return connection.scalar(counted) or 0

    def everything(self, inbox_ids: Sequence[str]) -> list[Question]:
        """The newest first: for copies of all that there is."""
        return self._list(sa.true(), inbox_ids, None, question.c.received_at.desc())

    def _list(
        self,
        which: sa.ColumnElement[bool],
        inbox_ids: Sequence[str],
        limit: int | None,
        order: sa.ColumnElement[object],
    ) -> list[Question]:
        query = (
            sa.select(question)
            .where(which, question.c.inbox_id.in_(inbox_ids))
            .order_by(order, question.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return [to_question(row) for row in connection.execute(query)]

    def _take_in(
        self,
        new: NewQuestion,
        deliveries: Sequence[NewDelivery],
        rationed: Rationed | None,
        announcement: NewDelivery | None,
    ) -> Accepted:
        now = self._clock()
        with self._store.write() as connection:
            earlier = _find_earlier(connection, new, now)
            if earlier is not None:
                self._audit.append(connection, "question.repeated", actor="office", detail=earlier)
                return _accepted(get_question(connection, earlier), repeated=True)
            # All of them, whatever was seen before: of two same sendings at once, the second one
            # waits here for the first one's commit, and then breaks the constraint.
            if fresh := _fingerprints(new, new.id, now):
                connection.execute(fingerprint.insert(), fresh)
            connection.execute(question.insert(), _values(new))
            going = [*deliveries, *self._rations.within(connection, rationed)]
            insert_deliveries(connection, going, to_micros(now))
            if announcement is not None:
                _arm(connection, announcement, to_micros(now))
            self._audit.append(connection, "question.accepted", actor="office", detail=new.id)
            return _accepted(get_question(connection, new.id), repeated=False)


def insert_deliveries(connection: Connection, deliveries: Sequence[NewDelivery], now: int) -> None:
    """Rows about questions; of two that stand for the same work, the first one stays."""
    rows = [
        {**values, "question_id": one.question_id}
        for one, values in zip(deliveries, delivery_values(deliveries, now), strict=True)
    ]
    if rows:
        connection.execute(upsert(connection, delivery).on_conflict_do_nothing(), rows)


def _arm(connection: Connection, row: NewDelivery, now: int) -> None:
    """Writes the row, or sets one of its name that has ended going again."""
    ended = [DeliveryState.SENT.value, DeliveryState.DISMISSED.value]
    same = sa.and_(delivery.c.id == row.id, delivery.c.state.in_(ended))
    again = {"state": DeliveryState.PENDING.value, "due_at": to_micros(row.due_at), "parcel": b""}
    if not connection.execute(delivery.update().where(same).values(**again)).rowcount:
        insert_deliveries(connection, [row], now)


def clock_id(question_id: str) -> str:
    return f"{CLOCK_OF_A_QUESTION}{question_id}"


def question_clock_row(question_id: str, at: datetime) -> NewDelivery:
    """The clock of a question, for the commit that accepts it; first looked at at `at`."""
    return NewDelivery(
        id=clock_id(question_id),
        kind=DeliveryKind.QUESTION,
        channel=Channel.NONE,
        address="",
        referral_id=None,
        due_at=at,
        parcel=b"",
        message_id="",
        question_id=question_id,
    )


def get_question(connection: Connection, question_id: str, *, to_change: bool = False) -> Question:
    """Within a caller's transaction, held until its end when `to_change`; raises NotFound."""
    query = sa.select(question).where(question.c.id == question_id)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    if row is None:
        raise NotFound("question", question_id)
    return to_question(row)


def end_alarms(connection: Connection, question_id: str, kinds: Sequence[DeliveryKind]) -> None:
    """Takes what waits to be sent about it out of the queue, and its clock."""
    waiting = sa.and_(
        delivery.c.question_id == question_id,
        delivery.c.kind.in_([kind.value for kind in kinds]),
        DUE,
    )
    ended = {"state": DeliveryState.DISMISSED.value, "parcel": None}
    connection.execute(delivery.update().where(waiting).values(**ended))


def to_question(row: sa.Row[tuple[object, ...]]) -> Question:
    """Never fails: a row that is damaged says so, and stands where somebody looks at it."""
    read = SoundRow(row)
    received_at = read.moment("received_at", read.drawn_at())
    return Question(
        id=row.id,
        receipt=read.text("receipt"),
        kind=read.word_or_none(QuestionKind, "kind") or QuestionKind.QUESTION,
        received_at=received_at,
        promised_by=read.moment("promised_by", received_at),
        source=read.text_or_none("source"),
        inbox_id=row.inbox_id,
        key_version=read.count("key_version"),
        flags=frozenset(read.text("flags").split()),
        talk=read.text_or_none("talk"),
        talk_state=read.word_or_none(TalkState, "talk_state"),
        talk_on=read.day_or_none("talk_on"),
        acknowledged_at=read.moment_or_none("acknowledged_at"),
        answered_at=read.moment_or_none("answered_at"),
        answered_by=read.text_or_none("answered_by"),
        answered_how=read.word_or_none(AnsweredHow, "answered_how"),
        closed_at=read.moment_or_none("closed_at"),
        envelope=read.sealed("envelope"),
        answer=read.sealed_or_none("answer"),
        answer_delivery_id=read.text_or_none("answer_delivery_id"),
        damage=tuple(read.damage),
    )


def _values(new: NewQuestion) -> dict[str, object]:
    return {
        "id": new.id,
        "receipt": new.receipt,
        "status_hash": new.status_hash,
        "kind": new.kind.value,
        "received_at": to_micros(new.received_at),
        "promised_by": to_micros(new.promised_by),
        "source": new.source,
        "talk": new.talk,
        "talk_state": TalkState.ASKED.value if new.kind is QuestionKind.TALK else None,
        "inbox_id": new.inbox_id,
        "key_version": new.key_version,
        "flags": new.flags,
        "envelope": new.envelope,
    }


def _find_earlier(connection: Connection, new: NewQuestion, now: datetime) -> str | None:
    """The id of the question that this one repeats; raises SubmissionReused."""
    names = [name for name in (new.submission_id_hash, new.dedupe_hash) if name is not None]
    is_named = fingerprint.c.hash.in_(names)
    gone = fingerprint.c.referral_id.not_in(sa.select(question.c.id))
    past = fingerprint.c.expires_at <= to_micros(now)
    connection.execute(fingerprint.delete().where(is_named, sa.or_(past, gone)))
    known = {row.hash: row for row in connection.execute(sa.select(fingerprint).where(is_named))}
    if not known:
        return None
    first = known.get(new.submission_id_hash) or known[new.dedupe_hash]
    if first.hash == new.submission_id_hash and first.body_hash != new.body_hash:
        raise SubmissionReused(first.referral_id)
    _remember_again(connection, new, first.referral_id, now)
    return str(first.referral_id)


def _remember_again(
    connection: Connection, new: NewQuestion, question_id: str, now: datetime
) -> None:
    """A new submission id with known content names the first question from now on."""
    rows = _fingerprints(new, question_id, now)
    already = sa.select(fingerprint.c.hash).where(
        fingerprint.c.hash.in_([row["hash"] for row in rows])
    )
    known = set(connection.scalars(already))
    fresh = [row for row in rows if row["hash"] not in known]
    if fresh:
        connection.execute(fingerprint.insert(), fresh)


def _fingerprints(new: NewQuestion, question_id: str, now: datetime) -> list[dict[str, object]]:
    kept = (
        (new.submission_id_hash, new.body_hash, now + _SUBMISSION_ID_KEPT),
        (new.dedupe_hash, None, now + _SAME_CONTENT_KEPT),
    )
    return [
        {
            "hash": name,
            "referral_id": question_id,
            "body_hash": body,
            "expires_at": to_micros(expires_at),
        }
        for name, body, expires_at in kept
        if name is not None
    ]


def _accepted(found: Question, *, repeated: bool) -> Accepted:
    return Accepted(found.id, found.receipt, found.received_at, found.promised_by, repeated)
