"""Questions at the desk: seen on the first page, opened, answered, and talks that get a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from werkzeug.test import TestResponse

from form_server.acknowledging import Acknowledging, place_acknowledging
from form_server.ledger import (
    AnsweredHow,
    Channel,
    DeliveryKind,
    DeliveryState,
    Question,
    QuestionKind,
    Rationed,
    TalkState,
)
from form_server.parcels import ReplyParcel, parcel_from_bytes
from outreach_kit.practice import load_practice
from tests.form_server.desk.questions.asking import ask, ask_for_a_talk
from tests.form_server.desk.stage import Stage, hidden
from tests.form_server.ledger.things import a_delivery
from tests.samples import GROUP_PRACTICE

WORDS = "Dear Ana,\n\nAdults with panic, after a clear work-up. Call any time.\n\nNora"


def page_of(desk: Stage, asked: Question) -> str:
    answer = desk.get(f"/desk/questions/{asked.id}")
    assert answer.status_code == 200
    return answer.text


def send(desk: Stage, asked: Question, step: str, **data: str) -> TestResponse:
    token = hidden(page_of(desk, asked), "csrf_token")
    return desk.post(f"/desk/questions/{asked.id}/{step}", {"csrf_token": token, **data})


def now_of(desk: Stage, asked: Question) -> Question:
    return desk.ledger.questions.get(asked.id)


def test_today_shows_who_asks_with_the_clock_and_nothing_without_a_question(desk: Stage) -> None:
    assert "Questions and talks" not in desk.get("/desk/").text
    asked = ask(desk)
    ask_for_a_talk(desk, promised_in=timedelta(minutes=-10))
    page = desk.get("/desk/").text

    part = page[page.index('id="questions"') :]
    assert part.index("A talk: Sleepless") < part.index("A question")  # overdue before in time
    assert "overdue by" in part
    assert f'href="/desk/questions/{asked.id}"' in part
    assert "Alder Falls Family Medicine" in part
    assert "hearts" not in page
    assert "Nobody is waiting" in page  # a question is nobody who waits for a call
    assert 'data-counts="0/0/2"' in page
    pulse = {"waiting": 0, "contacted": 0, "questions": 2}
    assert desk.get("/desk/pulse").get_json() == pulse


def test_today_shows_the_most_urgent_few_and_says_how_many_more(desk: Stage) -> None:
    for number in range(7):
        ask(desk, question=f"Number {number}?", promised_in=timedelta(hours=number + 1))
    ask(desk, flags="quarantine", suspicions=["bait_taken"])
    page = desk.get("/desk/").text
    assert page.count('href="/desk/questions/') == 5
    assert "2 more wait" in page
    assert "One question looks automatic." in page


def test_a_page_says_who_what_and_how_to_reach_them_and_looking_is_noted(desk: Stage) -> None:
    asked = ask(desk)
    page = page_of(desk, asked)
    for fact in (
        "Alder Falls Family Medicine asks", "Whom may I send you?", "Ana Ruiz", "nurse",
        'href="tel:+13605550177"', "mailto:ana@alderfalls.example?subject=",
        "Dear Ana Ruiz,", "Send it to <bdi>ana@alderfalls.example</bdi>",
    ):  # fmt: skip
        assert fact in page, fact
    assert "<title>Question quiet brook" in page
    assert "Ana" not in page[: page.index("</title>")]
    assert now_of(desk, asked).acknowledged_at == desk.clock()
    last = desk.ledger.audit.recent(1)[0]
    assert (last.action, last.detail) == ("question.opened", asked.id)
    assert last.actor == f"user:{desk.founding.user_id}"


def test_an_answer_by_mail_is_sealed_and_goes_out_in_a_minute(desk: Stage) -> None:
    asked = ask(desk)
    answer = send(desk, asked, "answer", do="mail", words=WORDS.replace("\n", "\r\n"))
    assert answer.status_code == 303

    after = now_of(desk, asked)
    assert (after.answered_how, after.closed_at) == (AnsweredHow.MAIL, desk.clock())
    assert after.answer is not None
    assert b"panic" not in after.answer
    assert after.answer_delivery_id is not None
    mail = desk.ledger.deliveries.get(after.answer_delivery_id)
    assert (mail.kind, mail.address) == (DeliveryKind.REPLY, "ana@alderfalls.example")
    assert mail.due_at == desk.clock() + timedelta(seconds=60)
    (claimed,) = desk.ledger.queue.claim("test", mail.due_at, 5)
    parcel = parcel_from_bytes(desk.desk.server_key.open(claimed.parcel, "parcel", claimed.id))
    assert isinstance(parcel, ReplyParcel)
    assert parcel.words == WORDS
    assert parcel.subject == "Your question to Harbor Street Counseling PLLC"
    assert "hearts" not in parcel.subject + parcel.remark
    page = page_of(desk, asked)
    assert "Answered by mail" in page
    assert "Adults with panic, after a clear work-up." in page
    assert 'name="do"' not in page


def test_the_draft_is_in_the_language_of_the_page_on_which_they_asked(desk: Stage) -> None:
    practice = load_practice(GROUP_PRACTICE)
    install = replace(desk.desk, practice=lambda: practice)
    desk.app.extensions["handoff-desk"] = install
    spanish, other = ask(desk, page_language="es"), ask(desk, page_language="tlh", question="?")
    assert "Gracias por preguntar." in page_of(desk, spanish)
    assert "Thank you for asking." in page_of(desk, other)


def test_an_answer_is_taken_back_within_a_minute_and_not_after(desk: Stage) -> None:
    asked = ask(desk)
    send(desk, asked, "answer", do="mail", words=WORDS)
    mail_id = now_of(desk, asked).answer_delivery_id or ""
    send(desk, asked, "answer/undo")
    assert now_of(desk, asked).answered_at is None
    assert desk.ledger.deliveries.get(mail_id).state is DeliveryState.DISMISSED

    send(desk, asked, "answer", do="phone", words="")
    desk.clock.advance(seconds=61)
    assert "Take the answer back" not in page_of(desk, asked)
    late = send(desk, asked, "answer/undo")
    assert "undo-late" in late.headers["Location"]
    assert now_of(desk, asked).answered_how is AnsweredHow.PHONE


def test_answered_by_phone_keeps_a_note_and_no_draft_that_nobody_touched(desk: Stage) -> None:
    noted, plain = ask(desk), ask(desk, question="Another one?")
    send(desk, noted, "answer", do="phone", words="Told them about the first call.")
    page = page_of(desk, plain)
    draft = page[page.index('spellcheck="true"') :].split(">\n", 1)[1].split("</textarea>")[0]
    send(desk, plain, "answer", do="phone", words=draft.replace("&#39;", "'"))

    assert "Told them about the first call." in page_of(desk, noted)
    assert now_of(desk, plain).answered_how is AnsweredHow.PHONE
    assert now_of(desk, plain).answer is None


def test_an_empty_answer_is_not_mailed_and_what_was_typed_stays(desk: Stage) -> None:
    asked = ask(desk)
    page = page_of(desk, asked)
    draft = page[page.index('spellcheck="true"') :].split(">\n", 1)[1].split("</textarea>")[0]
    for words in ("", draft):
        refused = send(desk, asked, "answer", do="mail", words=words)
        assert refused.status_code == 422
        assert "There is no answer in it yet." in refused.text
    long = send(desk, asked, "answer", do="mail", words="a" * 4001)
    assert long.status_code == 422
    assert "a" * 4001 in long.text
    assert send(desk, asked, "answer", words=WORDS).status_code == 422
    assert now_of(desk, asked).answered_at is None


def test_without_an_address_there_is_only_the_phone(desk: Stage) -> None:
    asked = ask(desk, referrer_email=None)
    page = page_of(desk, asked)
    assert 'value="mail"' not in page
    assert 'value="phone"' in page
    refused = send(desk, asked, "answer", do="mail", words=WORDS)
    assert refused.status_code == 422
    assert "They gave no e-mail address" in refused.text


def test_a_talk_is_agreed_moved_and_held_and_stands_in_the_list(desk: Stage) -> None:
    asked = ask_for_a_talk(desk)
    page = page_of(desk, asked)
    for fact in ("asks for a talk", "Tuesdays in January, at noon", "12", "The break room"):
        assert fact in page
    for bad in ("", "soon", "2020-01-01"):
        refused = send(desk, asked, "talk", state="agreed", talk_on=bad)
        assert refused.status_code == 422, bad
    send(desk, asked, "talk", state="agreed", talk_on="2027-01-05")

    agreed = now_of(desk, asked)
    assert (agreed.talk_state, agreed.talk_on) == (TalkState.AGREED, date(2027, 1, 5))
    assert agreed.answered_how is AnsweredHow.TALK
    listed = desk.get("/desk/questions").text
    assert "Talks in hand" in listed
    assert "Agreed for Tue, Jan\u00a05, 2027" in listed
    send(desk, asked, "talk", state="agreed", talk_on="2027-01-12")
    assert send(desk, asked, "talk", state="held").status_code == 422
    desk.come_back_after(days=60)
    send(desk, asked, "talk/held", held_on="2027-01-12")
    held = now_of(desk, asked)
    assert (held.talk_state, held.talk_on) == (TalkState.HELD, date(2027, 1, 12))
    assert "It does not take place" not in page_of(desk, asked)
    again = send(desk, asked, "talk", state="declined")
    assert again.headers["Location"].endswith("done=late")


def test_a_day_that_has_passed_asks_whether_the_talk_was_held(desk: Stage) -> None:
    asked = ask_for_a_talk(desk)
    send(desk, asked, "talk", state="agreed", talk_on="2026-11-20")
    desk.come_back_after(days=6)
    assert "was it held?" in desk.get("/desk/questions").text


def test_what_looks_automatic_is_rescued_or_put_away(desk: Stage) -> None:
    real = ask(desk, flags="quarantine", suspicions=["bait_taken"])
    junk = ask(desk, flags="quarantine", suspicions=["links"], question="Pills")
    page = page_of(desk, real)
    assert "A field that people cannot see was filled in." in page
    assert "Kept aside: they look automatic" in desk.get("/desk/questions").text

    send(desk, real, "rescue")
    send(desk, junk, "spam")

    questions, mine = desk.ledger.questions, [desk.founding.inbox_id]
    assert [one.id for one in questions.waiting(mine)] == [real.id]
    assert questions.aside(mine) == []
    assert now_of(desk, junk).is_spam
    assert "Advertising: put it away" not in page_of(desk, real)


def test_a_rescue_sends_the_receipt_that_was_held_back_once(desk: Stage) -> None:
    written: list[tuple[str, str, str]] = []

    def write(asked: Question, address: str, language: str) -> Rationed:
        written.append((asked.id, address, language))
        row = a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT, address=address, question_id=asked.id)
        return Rationed(row, b"r" * 32, 3, desk.clock() + timedelta(days=2))

    place_acknowledging(desk.app, Acknowledging(lambda *_: None, write))
    real = ask(desk, flags="quarantine", suspicions=["links"])
    by_phone = ask(desk, flags="quarantine", suspicions=["links"], referrer_email="", question="?")
    for one in (real, real, by_phone):
        answer = send(desk, one, "rescue")
        assert answer.headers["Location"].endswith("done=rescued")

    assert written == [(real.id, "ana@alderfalls.example", "en")]
    sent = desk.ledger.queue.claim("test", desk.clock(), 10, Channel.EMAIL)
    assert [(one.kind, one.address) for one in sent] == [
        (DeliveryKind.ACKNOWLEDGEMENT, "ana@alderfalls.example")
    ]


def test_erasing_takes_it_for_good_and_only_an_owner_who_is_sure(desk: Stage) -> None:
    asked = ask(desk)
    assert send(desk, asked, "erase").status_code == 422
    gone = send(desk, asked, "erase", sure="yes")
    assert gone.status_code == 303
    assert desk.get(f"/desk/questions/{asked.id}").status_code == 404
    assert "Erased for good." in desk.get(gone.headers["Location"]).text
    assert desk.actions()[-2:] == ["question.erased", "questions.opened"]


def test_a_question_of_another_inbox_is_not_there(desk: Stage, other_inbox: str) -> None:
    theirs = ask(desk, inbox_id=other_inbox)
    assert desk.get(f"/desk/questions/{theirs.id}").status_code == 404
    assert theirs.receipt not in desk.get("/desk/questions").text
    assert "Questions and talks" not in desk.get("/desk/").text


def test_a_question_that_does_not_open_says_so_and_its_clock_goes_on(desk: Stage) -> None:
    asked = ask(desk)
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE question SET envelope = x'00'")
    assert "This question cannot be opened" in page_of(desk, asked)
    assert now_of(desk, asked).acknowledged_at is None
    assert desk.actions()[-1] == "question.unreadable"
    assert "Cannot be opened" in desk.get("/desk/").text


def test_trouble_with_the_mail_of_an_answer_leads_to_the_question(desk: Stage) -> None:
    asked = ask(desk)
    send(desk, asked, "answer", do="mail", words=WORDS)
    desk.clock.advance(seconds=61)
    (claimed,) = desk.ledger.queue.claim("test", desk.clock(), 5)
    desk.ledger.queue.mark_transmitting(claimed.id, "test")
    desk.ledger.queue.mark_unknown(claimed.id, "test", "no answer")

    assert f'href="/desk/questions/{asked.id}"' in desk.get("/desk/messages").text
    assert "Whether the mail arrived is not known." in page_of(desk, asked)
    assert asked.kind is QuestionKind.QUESTION
