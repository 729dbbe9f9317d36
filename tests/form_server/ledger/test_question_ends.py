"""What becomes of a question in the end: closed by time, erased, brought back or not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from form_server.ledger import AnsweredHow, DeliveryKind, DeliveryState, Ledger, NotFound, Question
from form_server.ledger.purging import Deletion
from form_server.ledger.tables import delivery, fingerprint, question
from tests.form_server.ledger.asking import HOUR, a_question, states, take_in
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.test_taking_questions import rows
from tests.form_server.ledger.things import NOON, a_delivery, accept_one


def test_retention_takes_the_words_of_closed_ones_and_leaves_the_row(
    ledger: Ledger, clock: MovableClock
) -> None:
    done, open_one = take_in(ledger, a_question()), take_in(ledger, a_question())
    mail = a_delivery(kind=DeliveryKind.REPLY, question_id=done.id, address="ana@clinic.example")
    ledger.question_steps.answer(done.id, AnsweredHow.MAIL, b"sealed", "user-1", mail)
    removal = ledger.question_removal

    assert removal.closed_before(NOON) == []
    assert removal.closed_before(NOON + HOUR) == [done.id]
    assert removal.count_closed_before(NOON + HOUR) == 1
    assert removal.purge(Deletion(done.id, clock.now, "retention 30 days"))

    emptied = ledger.questions.get(done.id)
    assert (emptied.envelope, emptied.answer) == (b"", None)
    assert emptied.answered_how is AnsweredHow.MAIL
    with ledger._store.read() as connection:
        query = sa.select(delivery).where(delivery.c.question_id == done.id)
        for row in connection.execute(query):
            assert not row.parcel
            assert row.kind != "reply" or not row.address
    assert removal.closed_before(NOON + HOUR) == []
    assert not removal.purge(Deletion(open_one.id, clock.now, "retention 30 days"))
    assert [one.id for one in ledger.purging.deletions()] == [done.id]


def test_erased_question_leaves_nothing_but_the_record_of_it(
    ledger: Ledger, asked: Question
) -> None:
    accept_one(ledger)  # what belongs to a referral stays
    before = rows(ledger, fingerprint)

    ledger.question_removal.erase(asked.id, actor="user:user-1")

    with pytest.raises(NotFound):
        ledger.questions.get(asked.id)
    assert rows(ledger, delivery) == 0
    assert rows(ledger, fingerprint) == before - 2
    assert ledger.erasing.is_folding_owed()
    (record,) = ledger.purging.deletions()
    assert (record.id, record.rule) == (asked.id, "erased")
    with pytest.raises(NotFound):
        ledger.question_removal.erase(asked.id, actor="user:user-1")


def test_what_a_backup_brings_back_goes_again(ledger: Ledger, clock: MovableClock) -> None:
    emptied, erased = take_in(ledger, a_question()), take_in(ledger, a_question())
    still_open = take_in(ledger, a_question())
    ledger.question_steps.answer(emptied.id, AnsweredHow.PHONE, b"sealed", "user-1")

    def again(question_id: str, rule: str) -> bool:
        gone = Deletion(question_id, clock.now, rule)
        return ledger.question_removal.remove_again(gone, actor="command")

    assert again(emptied.id, "retention 30 days")
    assert ledger.questions.get(emptied.id).envelope == b""
    assert not again(emptied.id, "retention 30 days")
    assert again(erased.id, "erased")
    assert again(still_open.id, "retention 30 days")
    assert not again("unknown", "erased")
    assert rows(ledger, question) == 1


def test_alarms_of_an_answered_question_are_dropped_when_a_backup_is_released(
    ledger: Ledger, asked: Question
) -> None:
    alarm = a_delivery(kind=DeliveryKind.REMINDER, question_id=asked.id)
    other = take_in(ledger, a_question())
    ledger.queue.add([alarm])
    with ledger._store.write() as connection:
        connection.execute(
            delivery.update().where(delivery.c.id == alarm.id).values(question_id=asked.id)
        )
    ledger.holding.hold_unfinished(actor="command")
    ledger.question_steps.answer(asked.id, AnsweredHow.PHONE, None, "user-1")

    ledger.holding.release(actor="command")

    assert states(ledger, asked.id)["reminder"] == DeliveryState.DISMISSED.value
    assert states(ledger, other.id)["question"] == DeliveryState.PENDING.value
