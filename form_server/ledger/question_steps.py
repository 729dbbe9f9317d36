"""The steps of a question at the desk: opened, answered, a day agreed; each one commit.

Opening one pauses its alarm, as with a referral, and so does the link in a message about it; an answer,
or the day of a talk, ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.flags import QUARANTINE
from form_server.ledger.moments import to_micros
from form_server.ledger.question_rows import AnsweredHow, Question, QuestionKind, TalkState
from form_server.ledger.questions import (
    clock_id,
    end_alarms,
    get_question,
    insert_deliveries,
    question_clock_row,
)
from form_server.ledger.rations import Rations
from form_server.ledger.rows import ALARMS, DeliveryState, NewDelivery, Rationed
from form_server.ledger.tables import DUE, delivery, question

_ENDS_A_TALK: Final = frozenset({TalkState.HELD, TalkState.DECLINED})
_TALK_ACTIONS: Final = {
    TalkState.AGREED: "talk.agreed",
    TalkState.HELD: "talk.held",
    TalkState.DECLINED: "talk.declined",
}


class QuestionSteps:
    """Each raises NotFound; those that need an open question raise NotNow for another."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._rations = Rations(store)

    def note_opened(self, question_id: str, user_id: str) -> Question:
        """Notes who looked inside; the first look pauses the alarm."""
        with self._store.write() as connection:
            before = get_question(connection, question_id, to_change=True)
            self._note(connection, "question.opened", user_id, question_id)
            if before.acknowledged_at is None and before.answered_at is None:
                now = to_micros(self._clock())
                _change(connection, question_id, acknowledged_at=now, acknowledged_by=user_id)
                _look_again(connection, question_id, now)
            return get_question(connection, question_id)

    def pause(self, question_id: str, by: str) -> bool:
        """Paused by a link in a message, whose delivery is `by`; whether it changed anything.

        Once somebody has it in hand, or answered it, the link does nothing any more.
        """
        with self._store.write() as connection:
            before = get_question(connection, question_id, to_change=True)
            if before.acknowledged_at is not None or before.answered_at is not None:
                return False
            now = to_micros(self._clock())
            _change(connection, question_id, acknowledged_at=now)
            _look_again(connection, question_id, now)
            detail = f"{question_id} {by}"
            self._audit.append(connection, "question.paused", actor="link", detail=detail)
            return True

    def answer(
        self,
        question_id: str,
        how: AnsweredHow,
        words: bytes | None,
        user_id: str,
        outgoing: NewDelivery | None = None,
    ) -> Question:
        """Stops the clock. `words` are sealed; `outgoing` is the mail that carries them.

        A question closes with it. A request for a talk stays until the talk was held, or declined,
        unless nobody had asked for one.
        """
        now = to_micros(self._clock())
        with self._store.write() as connection:
            before = _still_unanswered(connection, question_id)
            closes = before.kind is QuestionKind.QUESTION or how is AnsweredHow.SPAM
            _change(
                connection,
                question_id,
                answered_at=now,
                answered_by=user_id,
                answered_how=how.value,
                answer=words,
                answer_delivery_id=outgoing.id if outgoing else None,
                closed_at=now if closes else None,
            )
            end_alarms(connection, question_id, ALARMS)
            if outgoing is not None:
                insert_deliveries(connection, [outgoing], now)
            self._note(connection, "question.answered", user_id, question_id, how.value)
            after = get_question(connection, question_id)
        if outgoing is not None:
            self._store.wake.set()
        return after

    def take_back(self, question_id: str, user_id: str, since: datetime) -> Question:
        """Takes one's own answer back that was given at `since` or later; the clock goes on.

        Raises NotNow for any other, and once its mail is on its way.
        """
        now = to_micros(self._clock())
        with self._store.write() as connection:
            before = get_question(connection, question_id, to_change=True)
            is_own = before.answered_by == user_id
            if not is_own or before.answered_at is None or before.answered_at < since:
                raise NotNow("question", question_id, "answered before", "answered a moment ago")
            if before.answer_delivery_id is not None:
                _withdraw(connection, before.answer_delivery_id)
            _change(
                connection,
                question_id,
                answered_at=None,
                answered_by=None,
                answered_how=None,
                answer=None,
                answer_delivery_id=None,
                closed_at=None,
                talk_state=TalkState.ASKED.value if before.talk_state else None,
                talk_on=None,
            )
            _look_again(connection, question_id, now)
            self._note(connection, "question.answer_taken_back", user_id, question_id)
            after = get_question(connection, question_id)
        self._store.wake.set()
        return after

    def set_talk(
        self, question_id: str, state: TalkState, on: date | None, user_id: str
    ) -> Question:
        """A day is agreed (or another one), the talk was held, or it does not come to pass.

        Raises NotNow for what is no talk, is over, or was held without a day.
        """
        now = to_micros(self._clock())
        with self._store.write() as connection:
            before = get_question(connection, question_id, to_change=True)
            stands = before.talk_state
            if stands is None or before.closed_at is not None:
                raise NotNow("question", question_id, "closed or no talk", "an open talk")
            if state is TalkState.ASKED:
                raise NotNow("talk", question_id, stands.value, "agreed, held or declined")
            if state is TalkState.HELD and stands is not TalkState.AGREED:
                raise NotNow("talk", question_id, stands.value, "agreed")
            if (state is TalkState.AGREED) == (on is None):
                raise NotNow("talk", question_id, "without a day", "agreed with a day")
            values: dict[str, object] = {"talk_state": state.value}
            if on is not None:
                values["talk_on"] = on.isoformat()
            if state in _ENDS_A_TALK:
                values["closed_at"] = now
            if before.answered_at is None:
                how = AnsweredHow.TALK.value
                values |= {"answered_at": now, "answered_by": user_id, "answered_how": how}
                end_alarms(connection, question_id, ALARMS)
            _change(connection, question_id, **values)
            self._note(connection, _TALK_ACTIONS[state], user_id, question_id)
            return get_question(connection, question_id)

    def rescue(
        self,
        question_id: str,
        user_id: str,
        look_at: datetime,
        rationed: Rationed | None = None,
    ) -> Question:
        """Somebody says that it is real: it waits like any other from now on. Raises NotNow.

        `look_at` is when its clock is looked at first. `rationed` goes out, while its ration lasts.
        A second time changes nothing.
        """
        with self._store.write() as connection:
            before = _still_unanswered(connection, question_id)
            if QUARANTINE not in before.flags:
                return before
            _change(connection, question_id, flags=" ".join(sorted(before.flags - {QUARANTINE})))
            clock = question_clock_row(question_id, look_at)
            going = [clock, *self._rations.within(connection, rationed)]
            insert_deliveries(connection, going, to_micros(self._clock()))
            self._note(connection, "question.rescued", user_id, question_id)
            after = get_question(connection, question_id)
        self._store.wake.set()
        return after

    def _note(
        self,
        connection: Connection,
        action: str,
        user_id: str,
        question_id: str,
        how: str = "",
    ) -> None:
        detail = f"{question_id} {how}".strip()
        self._audit.append(connection, action, actor=f"user:{user_id}", detail=detail)


def _still_unanswered(connection: Connection, question_id: str) -> Question:
    found = get_question(connection, question_id, to_change=True)
    if found.answered_at is not None:
        raise NotNow("question", question_id, "answered", "without an answer")
    return found


def _change(connection: Connection, question_id: str, **values: object) -> None:
    changed = connection.execute(
        question.update().where(question.c.id == question_id).values(**values)
    )
    if changed.rowcount != 1:
        raise NotFound("question", question_id)


def _look_again(connection: Connection, question_id: str, now: int) -> None:
    """Its clock is looked at anew, also when an answer had ended it."""
    clock = delivery.c.id == clock_id(question_id)
    pending = {"state": DeliveryState.PENDING.value, "due_at": now, "parcel": b""}
    connection.execute(delivery.update().where(clock).values(**pending))


def _withdraw(connection: Connection, delivery_id: str) -> None:
    waiting = sa.and_(delivery.c.id == delivery_id, DUE, delivery.c.attempts == 0)
    values = {"state": DeliveryState.DISMISSED.value, "parcel": None}
    if connection.execute(delivery.update().where(waiting).values(**values)).rowcount != 1:
        raise NotNow("answer", delivery_id, "on its way", "still here")
