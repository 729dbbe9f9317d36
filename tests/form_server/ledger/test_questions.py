from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from form_server.ledger import (
    AnsweredHow,
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    NewQuestion,
    NotFound,
    NotNow,
    Question,
    QuestionCase,
    QuestionCounts,
    QuestionKind,
    Rationed,
    ReceiptTaken,
    SubmissionReused,
    TalkState,
    Turn,
    question_clock_row,
)
from form_server.ledger.errors import CodeUsed
from form_server.ledger.purging import Deletion
from form_server.ledger.tables import delivery, fingerprint, question
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, accept_one, hashed

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


def rows(ledger: Ledger, table: sa.Table) -> int:
    with ledger._store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.fixture
def asked(ledger: Ledger) -> Question:
    return take_in(ledger, a_question())


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


def test_status_link_leads_to_it_until_ninety_days_after_closing(
    ledger: Ledger, clock: MovableClock
) -> None:
    new = a_question()
    take_in(ledger, new)
    ledger.question_steps.answer(new.id, AnsweredHow.PHONE, None, "user-1")

    clock.advance(timedelta(days=89))
    assert ledger.questions.by_status_hash(new.status_hash) is not None
    clock.advance(timedelta(days=1))
    assert ledger.questions.by_status_hash(new.status_hash) is None
    assert ledger.questions.by_status_hash(hashed("nobody's")) is None


def test_lists_and_counts_tell_what_waits_what_is_aside_and_which_talks_are_agreed(
    ledger: Ledger,
) -> None:
    late = take_in(ledger, a_question(promised_by=NOON - HOUR))
    soon = take_in(ledger, a_question(promised_by=NOON + HOUR))
    odd = take_in(ledger, a_question(flags="quarantine"))
    talk = take_in(ledger, a_talk())
    done = take_in(ledger, a_question())
    junk = take_in(ledger, a_question())
    ledger.question_steps.set_talk(talk.id, TalkState.AGREED, date(2026, 4, 2), "user-1")
    ledger.question_steps.answer(done.id, AnsweredHow.MAIL, b"sealed", "user-1")
    ledger.question_steps.answer(junk.id, AnsweredHow.SPAM, None, "user-1")

    questions, mine = ledger.questions, ["inbox-1"]
    assert [one.id for one in questions.waiting(mine)] == [late.id, soon.id]
    assert [one.id for one in questions.aside(mine)] == [odd.id]
    assert [one.id for one in questions.in_hand(mine)] == [talk.id]
    assert [one.id for one in questions.settled(mine)] == [done.id]
    assert questions.counts(mine, NOON) == QuestionCounts(waiting=2, overdue=1, aside=1, talks=1)
    assert questions.counts(["elsewhere"], NOON) == QuestionCounts(0, 0, 0, 0)


def test_first_look_pauses_the_alarm_and_an_answer_ends_it(
    ledger: Ledger, clock: MovableClock, asked: Question
) -> None:
    clock.advance(HOUR)
    seen = ledger.question_steps.note_opened(asked.id, "user-1")
    assert seen.acknowledged_at == clock.now
    assert [one.due_at for one in ledger.agenda.due(clock.now, [DeliveryKind.QUESTION])] == [
        clock.now
    ]

    answered = ledger.question_steps.answer(asked.id, AnsweredHow.PHONE, b"sealed", "user-1")

    assert (answered.answered_at, answered.closed_at) == (clock.now, clock.now)
    assert (answered.answered_by, answered.answer) == ("user-1", b"sealed")
    assert states(ledger, asked.id)["question"] == DeliveryState.DISMISSED.value
    with pytest.raises(NotNow):
        ledger.question_steps.answer(asked.id, AnsweredHow.PHONE, None, "user-1")
    actions = [(one.action, one.detail) for one in ledger.audit.recent(2)[::-1]]
    assert actions == [
        ("question.opened", asked.id),
        ("question.answered", f"{asked.id} phone"),
    ]


def test_a_link_pauses_what_nobody_has_in_hand_once(
    ledger: Ledger, clock: MovableClock, asked: Question
) -> None:
    clock.advance(HOUR)
    steps = ledger.question_steps

    assert [steps.pause(asked.id, "d1"), steps.pause(asked.id, "d2")] == [True, False]

    after = ledger.questions.get(asked.id)
    assert (after.acknowledged_at, after.answered_at) == (clock.now, None)
    assert [one.due_at for one in ledger.agenda.due(clock.now, [DeliveryKind.QUESTION])] == [
        clock.now
    ]
    assert ledger.audit.recent(1)[0].detail == f"{asked.id} d1"
    with pytest.raises(NotFound):
        steps.pause("none", "d1")


def test_answer_by_mail_is_taken_back_while_the_mail_waits(
    ledger: Ledger, clock: MovableClock, asked: Question
) -> None:
    mail = a_delivery(
        kind=DeliveryKind.REPLY, question_id=asked.id, due_at=NOON + timedelta(minutes=1)
    )
    ledger.question_steps.answer(asked.id, AnsweredHow.MAIL, b"sealed", "user-1", mail)

    with pytest.raises(NotNow):
        ledger.question_steps.take_back(asked.id, "user-2", NOON - HOUR)
    back = ledger.question_steps.take_back(asked.id, "user-1", NOON - HOUR)

    assert (back.answered_at, back.answer, back.closed_at) == (None, None, None)
    assert states(ledger, asked.id) == {
        "reply": DeliveryState.DISMISSED.value,
        "question": DeliveryState.PENDING.value,
        "notice": DeliveryState.PENDING.value,
    }
    ledger.question_steps.answer(asked.id, AnsweredHow.MAIL, b"sealed", "user-1")
    with pytest.raises(NotNow):
        ledger.question_steps.take_back(asked.id, "user-1", clock.now + HOUR)


def test_answer_that_is_on_its_way_stays(ledger: Ledger, asked: Question) -> None:
    mail = a_delivery(kind=DeliveryKind.REPLY, question_id=asked.id)
    ledger.question_steps.answer(asked.id, AnsweredHow.MAIL, b"sealed", "user-1", mail)
    ledger.queue.claim("worker", NOON, 10)

    with pytest.raises(NotNow):
        ledger.question_steps.take_back(asked.id, "user-1", NOON - HOUR)
    assert ledger.questions.get(asked.id).answer == b"sealed"


def test_talk_is_asked_agreed_moved_and_held(ledger: Ledger) -> None:
    talk, steps = take_in(ledger, a_talk()), ledger.question_steps
    with pytest.raises(NotNow):
        steps.set_talk(talk.id, TalkState.HELD, None, "user-1")
    with pytest.raises(NotNow):
        steps.set_talk(talk.id, TalkState.AGREED, None, "user-1")

    agreed = steps.set_talk(talk.id, TalkState.AGREED, date(2026, 4, 2), "user-1")
    assert (agreed.talk_state, agreed.talk_on) == (TalkState.AGREED, date(2026, 4, 2))
    assert agreed.answered_how is AnsweredHow.TALK
    assert agreed.closed_at is None
    moved = steps.set_talk(talk.id, TalkState.AGREED, date(2026, 4, 9), "user-1")
    assert (moved.talk_on, moved.answered_at) == (date(2026, 4, 9), agreed.answered_at)
    held = steps.set_talk(talk.id, TalkState.HELD, None, "user-1")

    assert (held.talk_state, held.talk_on) == (TalkState.HELD, date(2026, 4, 9))
    assert held.closed_at is not None
    with pytest.raises(NotNow):
        steps.set_talk(talk.id, TalkState.DECLINED, None, "user-1")


def test_answered_talk_stays_until_it_is_held_or_declined(ledger: Ledger) -> None:
    talk = take_in(ledger, a_talk())

    answered = ledger.question_steps.answer(talk.id, AnsweredHow.PHONE, None, "user-1")
    assert answered.closed_at is None
    assert [one.id for one in ledger.questions.in_hand(["inbox-1"])] == [talk.id]
    declined = ledger.question_steps.set_talk(talk.id, TalkState.DECLINED, None, "user-1")

    assert declined.closed_at is not None
    assert declined.answered_how is AnsweredHow.PHONE
    assert ledger.questions.in_hand(["inbox-1"]) == []


def test_question_is_no_talk(ledger: Ledger, asked: Question) -> None:
    with pytest.raises(NotNow):
        ledger.question_steps.set_talk(asked.id, TalkState.AGREED, date(2026, 4, 2), "user-1")


def test_rescued_question_waits_like_any_other(ledger: Ledger, clock: MovableClock) -> None:
    new = a_question(flags="quarantine read_first")
    ledger.questions.accept(new, [])
    assert ledger.agenda.due(NOON + 2 * HOUR, [DeliveryKind.QUESTION]) == []

    real = ledger.question_steps.rescue(new.id, "user-1", NOON + HOUR)

    assert real.flags == {"read_first"}
    assert [one.id for one in ledger.questions.waiting(["inbox-1"])] == [new.id]
    (due,) = ledger.agenda.due(NOON + 2 * HOUR, [DeliveryKind.QUESTION])
    assert due.question_id == new.id


def test_a_rescue_sends_what_its_ration_allows_and_once(ledger: Ledger) -> None:
    steps, ends = ledger.question_steps, NOON + 48 * HOUR
    first, second = (a_question(flags="quarantine") for _ in range(2))
    for new in (first, second):
        ledger.questions.accept(new, [])
    receipts = [a_delivery(question_id=new.id) for new in (first, first, second)]

    for new, receipt in zip((first, first, second), receipts, strict=True):
        steps.rescue(new.id, "user-1", NOON, Rationed(receipt, b"r" * 32, 1, ends))

    sent = [one.id for one in ledger.queue.claim("test", NOON + HOUR, 9, Channel.EMAIL)]
    assert sent == [receipts[0].id]
    assert all("quarantine" not in ledger.questions.get(new.id).flags for new in (first, second))


def test_turn_writes_its_messages_and_arms_the_clock_again(
    ledger: Ledger, clock: MovableClock, asked: Question
) -> None:
    clock.advance(2 * HOUR)
    (due,) = ledger.agenda.due(clock.now, [DeliveryKind.QUESTION])
    reminder = a_delivery(kind=DeliveryKind.REMINDER, question_id=asked.id)
    seen: list[QuestionCase] = []

    def decide(case: QuestionCase) -> Turn:
        seen.append(case)
        at = clock.now + HOUR
        return Turn(at, "remind", [reminder], note="question.reminded", detail="told=1")

    assert ledger.question_clock.take_turn(due, decide)
    assert not ledger.question_clock.take_turn(due, decide)  # it stands elsewhere by now

    (case,) = seen
    assert case.question.id == asked.id
    assert [one.kind for one in case.deliveries] == [DeliveryKind.NOTICE]
    assert states(ledger, asked.id)["reminder"] == DeliveryState.PENDING.value
    (again,) = ledger.agenda.due(clock.now + HOUR, [DeliveryKind.QUESTION])
    assert (again.place, again.due_at) == ("remind", clock.now + HOUR)
    assert ledger.audit.recent(1)[0].detail == f"{asked.id} told=1"


def test_trouble_about_a_question_is_shown_to_who_opens_its_inbox(
    ledger: Ledger, asked: Question
) -> None:
    (notice,) = ledger.queue.claim("worker", NOON, 10)
    ledger.queue.mark_stuck(notice.id, "worker", "refused")

    deliveries = ledger.deliveries
    (found,) = deliveries.needing_somebody(["inbox-1"], with_server=False)
    assert found.question_id == asked.id
    assert deliveries.count_needing_somebody(["elsewhere"], with_server=True) == 0


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
