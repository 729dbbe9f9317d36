"""Deliveries that no program wrote as they are: put aside for somebody to see, so that none of them
holds up the others.

A disk that errs, or a hand in the database, can leave a word that means nothing. Whoever claims such
a row cannot even say of it that it failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.agenda import CLOCK_OF_A_REFERRAL, STANDING, clock_row
from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.ids import new_id
from form_server.ledger.intake import delivery_values
from form_server.ledger.moments import to_micros
from form_server.ledger.questions import (
    CLOCK_OF_A_QUESTION,
    insert_deliveries,
    question_clock_row,
)
from form_server.ledger.rows import Channel, DeliveryKind, DeliveryState
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import DUE, OPEN, UNANSWERED, delivery, question, referral

_WHY: Final = (
    "This row of the ledger is damaged, so it was not sent. See whether what it was about is well, "
    "then dismiss it; if there are more, check the disk and bring a backup back."
)


_CLOCK_WHY: Final = (
    "This row of the ledger was damaged: a task by the clock that would never have been done again. It "
    "was set up anew, so there is nothing to send. Dismiss this; if there are more, check the disk and "
    "bring a backup back."
)
_KINDS: Final = [kind.value for kind in DeliveryKind]
_CHANNELS: Final = [way.value for way in Channel]
_STATES: Final = [state.value for state in DeliveryState]
_BY_CLOCK: Final = sa.or_(
    delivery.c.channel == Channel.NONE.value,
    delivery.c.id.endswith(CLOCK_OF_A_REFERRAL, autoescape=True),
    delivery.c.id.startswith(CLOCK_OF_A_QUESTION, autoescape=True),
    delivery.c.id.startswith(STANDING, autoescape=True),
)
_IS_NO_CLOCK_OF_ITS_REFERRAL: Final = sa.and_(
    delivery.c.kind == DeliveryKind.CLOCK.value,
    sa.or_(
        delivery.c.referral_id.is_(None),
        delivery.c.id != delivery.c.referral_id + CLOCK_OF_A_REFERRAL,
    ),
)
# What nobody would ever claim, or take a turn of, because it says nothing that is known here.
_LOST: Final = sa.or_(
    delivery.c.state.not_in(_STATES),
    sa.and_(
        DUE,
        sa.or_(
            delivery.c.kind.not_in(_KINDS),
            delivery.c.channel.not_in(_CHANNELS),
            sa.not_(is_sound(delivery.c.due_at)),
            sa.not_(is_sound(delivery.c.created_at)),
            _IS_NO_CLOCK_OF_ITS_REFERRAL,
        ),
    ),
)
_WENT_OUT: Final = delivery.c.sent_at.is_not(None)


class Damaged:
    """Looks for rows of the queue that lie still because they are damaged."""

    def __init__(self, store: Store, audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def put_aside(self, now: datetime) -> int:
        """Shows them to somebody, stuck, and sets clocks going anew; how many there were.

        Reads every row of the queue, so call it now and then.
        """
        with self._store.read() as connection:
            rows = connection.execute(
                sa.select(
                    delivery.c.id, _BY_CLOCK.label("by_clock"), _WENT_OUT.label("went_out")
                ).where(_LOST)
            ).all()
        if not rows:
            return 0
        clocks = [row.id for row in rows if row.by_clock and not row.went_out]
        sends = [row.id for row in rows if not row.by_clock and not row.went_out]
        with self._store.write() as connection:
            # Only its state was lost: it has a time at which it was sent.
            done = [row.id for row in rows if row.went_out]
            settled = {"state": DeliveryState.SENT.value, "owner": None, "claimed_at": None}
            connection.execute(delivery.update().where(delivery.c.id.in_(done)).values(settled))
            for one in clocks:
                _set_up_anew(connection, one, now)
            detail = f"clocks={len(clocks)} settled={len(done)}"
            self._audit.append(connection, "delivery.damaged", actor="clock", detail=detail)
        if sends:
            put_damaged_aside(self._store, self._audit, sends, now)
        return len(rows)


def _set_up_anew(connection: Connection, clock: str, now: datetime) -> None:
    """Leaves the damaged row to be seen under another name, and has its work done from now on."""
    at = to_micros(now)
    shown = {
        "id": new_id(now), "state": DeliveryState.STUCK.value, "kind": DeliveryKind.ALERT.value,
        "channel": Channel.EMAIL.value, "address": "", "owner": None, "claimed_at": None,
        "due_at": at, "created_at": at, "last_error": _CLOCK_WHY,
    }  # fmt: skip
    connection.execute(delivery.update().where(delivery.c.id == clock).values(shown))
    untried = sa.and_(OPEN, referral.c.first_contact_at.is_(None))
    of_referral = referral.c.id == clock.removesuffix(CLOCK_OF_A_REFERRAL)
    if found := connection.scalar(sa.select(referral.c.id).where(of_referral, untried)):
        connection.execute(delivery.insert(), delivery_values([clock_row(found, now)], at))
    of_question = question.c.id == clock.removeprefix(CLOCK_OF_A_QUESTION)
    if found := connection.scalar(sa.select(question.c.id).where(of_question, UNANSWERED)):
        insert_deliveries(connection, [question_clock_row(found, now)], at)


def put_damaged_aside(store: Store, audit: Audit, ids: Sequence[str], now: datetime) -> None:
    """Stuck, with words in place of those that mean nothing, so that the desk can show them."""
    moment = to_micros(now)
    about_a_referral = delivery.c.referral_id.is_not(None)
    values = {
        "state": DeliveryState.STUCK.value,
        "owner": None,
        "claimed_at": None,
        "kind": sa.case(
            (delivery.c.kind.in_(_KINDS), delivery.c.kind),
            (about_a_referral, DeliveryKind.NOTICE.value),
            else_=DeliveryKind.ALERT.value,
        ),
        "channel": sa.case(
            (delivery.c.channel.in_(_CHANNELS), delivery.c.channel),
            else_=Channel.EMAIL.value,
        ),
        "due_at": moment,
        "created_at": moment,
        "last_error": _WHY,
    }
    with store.write() as connection:
        connection.execute(delivery.update().where(delivery.c.id.in_(ids)).values(values))
        detail = f"deliveries={len(ids)}"
        audit.append(connection, "delivery.damaged", actor="worker", detail=detail)
