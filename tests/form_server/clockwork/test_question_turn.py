"""A question without an answer climbs the same ladder as a referral; what is aside is told of in one mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from form_server.clockwork import Digest, Retention
from form_server.delivery.letter import Letter
from form_server.delivery.letters import letter_about
from form_server.ledger import AnsweredHow, DeliveryKind, Question, TalkState
from form_server.parcels import NoticeParcel, QuarantineParcel, ReminderParcel
from form_server.settings import Often
from tests.form_server.clockwork.stage import PHONE, SECOND, Stage, pacific
from tests.form_server.office.house import OWNER

QUESTION = {
    "referrer_name": "Ana Ruiz",
    "referrer_office": "Alder Falls Family Medicine",
    "referrer_phone": "(360) 555-0177",
    "question": "Whom may I send you?",
}


def ask(stage: Stage, **said: str) -> Question:
    known = {one.id for one in stage.ledger.questions.everything([stage.inbox_id])}
    answer = stage.house.client.post("/questions", data={**QUESTION, **said})
    assert answer.status_code == 303, answer.text
    every = stage.ledger.questions.everything([stage.inbox_id])
    (new,) = [one for one in every if one.id not in known]
    stage.work()
    return new


def told(stage: Stage, asked: Question, kind: DeliveryKind) -> list[tuple[str, datetime]]:
    return [
        (one.delivery.address, one.at)
        for one in stage.messages
        if one.delivery.kind is kind
        and isinstance(one.parcel, NoticeParcel | ReminderParcel)
        and one.parcel.receipt == asked.receipt
    ]


def test_the_first_person_hears_at_once_and_the_others_before_the_promise_breaks(
    stage: Stage,
) -> None:
    asked = ask(stage)
    assert asked.promised_by == pacific(2026, 10, 19, 13)
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert told(stage, asked, DeliveryKind.NOTICE) == [
        (OWNER, asked.received_at), (PHONE, asked.received_at),
    ]  # fmt: skip
    assert told(stage, asked, DeliveryKind.REMINDER) == [(OWNER, pacific(2026, 10, 19, 11))]
    assert told(stage, asked, DeliveryKind.ESCALATION) == [
        (PHONE, pacific(2026, 10, 19, 11, 40)),
        (SECOND, pacific(2026, 10, 19, 12, 20)),
    ]


def test_a_broken_promise_is_told_to_everybody_in_words_of_a_question(stage: Stage) -> None:
    asked = ask(stage, talk="sleepless")
    stage.let_pass(pacific(2026, 10, 19, 13, 5))

    last = stage.messages[-1].parcel
    assert isinstance(last, ReminderParcel)
    letter = letter_about(last, whole=False)
    assert letter.subject.startswith(f"Promise broken, request for a talk {asked.receipt}:")
    assert letter.paragraphs == (
        "The time that was promised has run out, and no answer is on record.",
    )
    assert letter.button_url.endswith(f"/desk/questions/{asked.id}")
    assert letter.second_url.startswith("https://refer.harborstreet.example/pause/")
    assert {to for to, _ in told(stage, asked, DeliveryKind.ESCALATION)} == {OWNER, PHONE, SECOND}


def test_an_answer_ends_every_alarm(stage: Stage) -> None:
    asked, other = ask(stage), ask(stage, talk="sleepless")
    stage.let_pass(pacific(2026, 10, 19, 10))
    steps, day = stage.ledger.question_steps, pacific(2026, 11, 3).date()
    steps.answer(asked.id, AnsweredHow.PHONE, None, stage.owner_id)
    steps.set_talk(other.id, TalkState.AGREED, day, stage.owner_id)
    stage.let_pass(pacific(2026, 10, 26, 9))

    for one in (asked, other):
        assert len(told(stage, one, DeliveryKind.NOTICE)) == 2
        assert told(stage, one, DeliveryKind.REMINDER) == []
        assert told(stage, one, DeliveryKind.ESCALATION) == []


def test_opening_one_pauses_its_alarm_until_little_of_the_promise_is_left(stage: Stage) -> None:
    asked = ask(stage)
    stage.let_pass(pacific(2026, 10, 19, 10))
    stage.ledger.question_steps.note_opened(asked.id, stage.owner_id)
    stage.let_pass(pacific(2026, 10, 19, 12))
    assert told(stage, asked, DeliveryKind.REMINDER) == []

    stage.let_pass(pacific(2026, 10, 19, 12, 59))
    assert told(stage, asked, DeliveryKind.REMINDER) != []


def test_a_link_in_a_message_pauses_it_once_and_the_alarm_comes_back_in_time(stage: Stage) -> None:
    asked = ask(stage)
    notices = [one.parcel for one in stage.messages]
    links = [one.pause_url for one in notices if isinstance(one, NoticeParcel)]
    first, second = (link.removeprefix(stage.house.settings.url) for link in links)
    assert first != second
    client = stage.house.client
    stage.let_pass(pacific(2026, 10, 19, 9, 10))

    page = client.get(first)
    assert "the reminders about this question wait" in page.text
    assert "if no answer is on record by then" in page.text
    assert asked.receipt not in page.text
    assert stage.ledger.questions.get(asked.id).acknowledged_at is None
    assert "Recording an answer at the desk ends them." in client.post(first).text
    assert "There is nothing to pause" in client.post(second).text

    after = stage.ledger.questions.get(asked.id)
    assert (after.acknowledged_at, after.answered_at) == (pacific(2026, 10, 19, 9, 10), None)
    noted = stage.ledger.audit.recent(1)[0]
    by = stage.messages[0].delivery.id
    assert (noted.action, noted.actor, noted.detail) == (
        "question.paused", "link", f"{asked.id} {by}",
    )  # fmt: skip
    stage.let_pass(pacific(2026, 10, 19, 12))
    assert told(stage, asked, DeliveryKind.REMINDER) == []
    stage.let_pass(pacific(2026, 10, 19, 12, 59))
    last = stage.messages[-1].parcel
    assert isinstance(last, ReminderParcel)
    assert (last.is_paused, last.pause_url) == (True, "")
    letter = letter_about(last, whole=False)
    assert letter.paragraphs[1].endswith("the pause is over, because no answer is recorded.")


def test_a_link_pauses_nothing_that_was_answered_or_erased(stage: Stage) -> None:
    asked, other = ask(stage), ask(stage, talk="sleepless")
    one, two = (
        said.pause_url.removeprefix(stage.house.settings.url)
        for said in (stage.messages[0].parcel, stage.messages[2].parcel)
        if isinstance(said, NoticeParcel)
    )
    stage.ledger.question_steps.answer(asked.id, AnsweredHow.PHONE, None, stage.owner_id)
    stage.ledger.question_removal.erase(other.id, actor="test")

    assert "in hand already, or it is answered" in stage.house.client.post(one).text
    assert stage.ledger.questions.get(asked.id).acknowledged_at is None
    assert stage.house.client.get(two).status_code == 404
    assert stage.house.client.post(two).status_code == 404


def test_an_answer_that_is_taken_back_lets_the_clock_go_on(stage: Stage) -> None:
    asked = ask(stage)
    stage.let_pass(pacific(2026, 10, 19, 10))
    steps = stage.ledger.question_steps
    steps.answer(asked.id, AnsweredHow.PHONE, None, stage.owner_id)
    steps.take_back(asked.id, stage.owner_id, stage.now - timedelta(minutes=1))
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert told(stage, asked, DeliveryKind.REMINDER) == [(OWNER, pacific(2026, 10, 19, 11))]


def test_what_looks_automatic_is_told_of_in_one_mail_and_again_the_next_morning(
    stage: Stage,
) -> None:
    for number in range(3):
        ask(stage, website="http://buy.example", question=f"Pills {number} http://a.example/x")
    assert stage.messages == []
    stage.let_pass(pacific(2026, 10, 19, 18))

    (mail,) = stage.messages
    assert (mail.delivery.address, mail.at) == (OWNER, pacific(2026, 10, 19, 10))
    assert isinstance(mail.parcel, QuarantineParcel)
    assert letter_about(mail.parcel, whole=False).heading == "3 questions are kept aside"
    stage.let_pass(pacific(2026, 10, 20, 18))
    assert [one.at for one in stage.messages[1:]] == [pacific(2026, 10, 20, 10)]
    assert [getattr(one.parcel, "is_over", None) for one in stage.messages] == [False, True]
    aside = stage.ledger.questions.aside([stage.inbox_id])
    for one in aside:
        stage.ledger.question_steps.answer(one.id, AnsweredHow.SPAM, None, stage.owner_id)
    stage.let_pass(pacific(2026, 10, 23, 18))
    assert len(stage.messages) == 2
    ask(stage, website="http://buy.example", question="More pills http://a.example/x")
    stage.let_pass(pacific(2026, 10, 23, 20))
    assert len(stage.messages) == 3


def test_retention_empties_what_was_answered_long_ago(stage: Stage) -> None:
    asked = ask(stage)
    stage.ledger.question_steps.answer(asked.id, AnsweredHow.PHONE, b"sealed", stage.owner_id)
    retention = Retention(stage.house.services.practice, stage.ledger, 30)

    assert retention.purge(stage.now + timedelta(days=29)) == 0
    assert retention.purge(stage.now + timedelta(days=31)) == 1

    emptied = stage.ledger.questions.get(asked.id)
    assert (emptied.envelope, emptied.answer) == (b"", None)


def test_a_clock_that_ran_ahead_leaves_no_question_unguarded(stage: Stage) -> None:
    right = stage.now
    before = ask(stage)
    stage.let_pass(right + timedelta(days=40))
    meanwhile = ask(stage, question="Asked under a wrong date?")
    stage.messages.clear()
    stage.house.clock.now = right
    stage.start_again()
    stage.work()

    came_in_now = stage.ledger.questions.get(meanwhile.id)
    assert came_in_now.received_at == right
    assert came_in_now.promised_by == before.promised_by
    stage.let_pass(pacific(2026, 10, 19, 13, 5))
    for asked in (before, meanwhile):
        heard = [to for to, _ in told(stage, asked, DeliveryKind.ESCALATION)]
        assert SECOND in heard, "the second person hears before or when the promise breaks"


def test_the_digest_counts_questions_and_talks_beside_the_referrals(stage: Stage) -> None:
    ask(stage)
    talk = ask(stage, talk="sleepless")
    day = pacific(2026, 11, 3).date()
    stage.ledger.question_steps.set_talk(talk.id, TalkState.AGREED, day, stage.owner_id)
    digest = Digest(
        stage.house.services.practice, stage.ledger, stage.clockwork._turns.writer, Often.DAILY, 7
    )

    def letter_at(now: datetime) -> Letter:
        parcel = digest._parcel(now)
        return letter_about(parcel, whole=False)

    assert letter_at(stage.now).heading == "A question waits"
    late = letter_at(pacific(2026, 10, 19, 14))
    assert late.heading == "One promise is broken"
    (section,) = [one for one in late.sections if one.title == "Questions and talks"]
    assert [(fact.label, fact.value) for fact in section.facts] == [
        ("No answer yet", "1"), ("Overdue", "1"), ("Talks agreed on", "1"),
    ]  # fmt: skip
