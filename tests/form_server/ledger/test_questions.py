"""A question on its way: who waits, who looks, who answers, and when it rings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from form_server.ledger import (
    AnsweredHow,
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    NotFound,
    NotNow,
    Question,
    QuestionCase,
    QuestionCounts,
    Rationed,
    TalkState,
    Turn,
)
from tests.form_server.ledger.asking import HOUR, a_question, a_talk, states, take_in
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, hashed


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
