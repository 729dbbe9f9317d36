"""A question comes in: one commit, one row for the same words, and what it may send."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from form_server.ledger import (
    DeliveryKind,
    Ledger,
    Question,
    QuestionKind,
    Rationed,
    ReceiptTaken,
    SubmissionReused,
    TalkState,
    question_clock_row,
)
from form_server.ledger.errors import CodeUsed
from form_server.ledger.tables import delivery, question
from tests.form_server.ledger.asking import HOUR, a_question, a_talk, take_in
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, hashed


def rows(ledger: Ledger, table: sa.Table) -> int:
    with ledger._store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_one_commit_holds_question_deliveries_clock_and_audit(ledger: Ledger) -> None:
    new = a_talk(flags="read_first")

    accepted = ledger.questions.accept(new, [question_clock_row(new.id, NOON), a_delivery()])

    found = ledger.questions.get(new.id)
    assert (accepted.referral_id, accepted.receipt) == (new.id, new.receipt)
    assert not accepted.repeated
    assert (found.kind, found.talk, found.talk_state) == (
        QuestionKind.TALK, "body-first", TalkState.ASKED,
    )  # fmt: skip
    assert found.envelope == new.envelope
    assert found.flags == {"read_first"}
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.actor, entry.detail) == ("question.accepted", "office", new.id)
    assert entry.referral_id is None
    assert ledger.wake.is_set()


def test_nothing_of_a_question_is_counted_as_a_referral(ledger: Ledger, asked: Question) -> None:
    assert ledger.walking.count(["inbox-1"]) == 0
    assert ledger.referrals.open_counts(["inbox-1"]).waiting == 0
    assert ledger.figures.over(["inbox-1"], NOON - HOUR, NOON + HOUR, NOON + HOUR).received == 0


def test_same_content_within_ten_minutes_is_one_question(
    ledger: Ledger, clock: MovableClock
) -> None:
    first = a_question()
    take_in(ledger, first)
    again = a_question(dedupe_hash=first.dedupe_hash, submission_id_hash=None)

    repeat = ledger.questions.accept(again, [])

    assert (repeat.referral_id, repeat.repeated) == (first.id, True)
    clock.advance(timedelta(minutes=11))
    assert not ledger.questions.accept(replace(again, id="later", receipt="later"), []).repeated
    assert rows(ledger, question) == 2


def test_same_submission_id_with_other_words_is_refused(ledger: Ledger) -> None:
    first = a_question()
    take_in(ledger, first)
    other = a_question(submission_id_hash=first.submission_id_hash)
    same = a_question(submission_id_hash=first.submission_id_hash, body_hash=first.body_hash)

    with pytest.raises(SubmissionReused):
        ledger.questions.accept(other, [])
    assert ledger.questions.accept(same, []).repeated
    assert rows(ledger, question) == 1


def test_taken_receipt_asks_for_another(ledger: Ledger, asked: Question) -> None:
    with pytest.raises(ReceiptTaken):
        ledger.questions.accept(a_question(receipt=asked.receipt), [])
    assert rows(ledger, question) == 1


def test_twins_sent_at_once_become_one(ledger: Ledger) -> None:
    """Round after round: what goes wrong between two looks goes wrong now and then only."""
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):
            first = a_question()
            names = [f"twin {number} {n}" for n in range(3)]
            twins = [first] + [
                replace(first, id=name, receipt=name, status_hash=hashed(name)) for name in names
            ]
            found = list(pool.map(lambda one: ledger.questions.accept(one, []), twins))

            assert len({one.referral_id for one in found}) == 1
            assert sum(not one.repeated for one in found) == 1
    assert rows(ledger, question) == 20


def test_receipt_mail_goes_out_while_its_ration_lasts(ledger: Ledger) -> None:
    for _ in range(3):
        new = a_question()
        mail = a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT, question_id=new.id)
        ration = Rationed(mail, hashed("whose"), 2, NOON + timedelta(days=2))
        ledger.questions.accept(new, [], rationed=ration)

    assert rows(ledger, delivery) == 2


def test_a_code_that_a_question_came_with_keeps_its_name(ledger: Ledger) -> None:
    ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    take_in(ledger, a_question(source="K7Q2"))

    with pytest.raises(CodeUsed):
        ledger.sources.remove("K7Q2", actor="command")
