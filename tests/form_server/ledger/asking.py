"""Questions and requests for talks as the office writes them; each detail may be said anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from form_server.ledger import Ledger, NewQuestion, Question, QuestionKind, question_clock_row
from form_server.ledger.tables import delivery
from tests.form_server.ledger.things import NOON, a_delivery, hashed

_numbers = count(1)
HOUR = timedelta(hours=1)


def a_question(**changes: Any) -> NewQuestion:
    """Unlike any other before it, unless `changes` makes it so."""
    number = next(_numbers)
    plain = NewQuestion(
        id=f"q{number:06}",
        receipt=f"quiet brook {number}",
        status_hash=hashed(f"question status {number}"),
        kind=QuestionKind.QUESTION,
        received_at=NOON,
        promised_by=NOON + timedelta(hours=4),
        source="alder-falls-clinic",
        talk=None,
        inbox_id="inbox-1",
        key_version=1,
        envelope=b"sealed question",
        dedupe_hash=hashed(f"question content {number}"),
        submission_id_hash=hashed(f"question submission {number}"),
        body_hash=hashed(f"question body {number}"),
    )
    return replace(plain, **changes)


def a_talk(**changes: Any) -> NewQuestion:
    return a_question(**{"kind": QuestionKind.TALK, "talk": "body-first", **changes})


def take_in(ledger: Ledger, new: NewQuestion) -> Question:
    """With a notice and a clock, as the office's door writes them."""
    notice = a_delivery(question_id=new.id)
    ledger.questions.accept(new, [question_clock_row(new.id, NOON + HOUR), notice])
    return ledger.questions.get(new.id)


def states(ledger: Ledger, question_id: str) -> dict[str, str]:
    query = sa.select(delivery.c.kind, delivery.c.state).where(
        delivery.c.question_id == question_id
    )
    with ledger._store.read() as connection:
        return {row.kind: row.state for row in connection.execute(query)}
