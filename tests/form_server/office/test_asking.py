"""A question, or a request for a talk, from the form to the ledger and its notices."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from form_server.ledger import (
    AnsweredHow,
    Channel,
    DeliveryKind,
    QuestionKind,
    SourceKind,
    TalkState,
)
from form_server.parcels import AcknowledgementParcel, NoticeParcel
from form_server.settings import Forward
from tests.form_server.office.house import House
from tests.form_server.office.questions import (
    JSON,
    MARKER,
    QUESTION,
    ask,
    asked_of,
    sent_from,
    told,
    words_of,
)
from tests.samples import GROUP_PRACTICE


def test_a_question_is_sealed_receipted_and_on_the_clock_of_a_referral(house: House) -> None:
    answer = ask(house, referrer_role="front desk", referrer_email="ana@alderfalls.example")

    assert answer.status_code == 303
    (asked,) = asked_of(house)
    assert asked.kind is QuestionKind.QUESTION
    assert asked.promised_by - asked.received_at == timedelta(hours=4)
    assert words_of(house, asked) == {
        "v": 1,
        "kind": "question",
        **QUESTION,
        "referrer_phone_uri": "tel:+13605550177",
        "referrer_role": "front desk",
        "referrer_email": "ana@alderfalls.example",
    }
    assert house.referrals() == []
    clocks = house.ledger.agenda.due(house.clock() + timedelta(hours=1), [DeliveryKind.QUESTION])
    assert [one.question_id for one in clocks] == [asked.id]
    page = house.client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert asked.receipt in page.text
    assert "We answer by" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_notice_says_that_somebody_asked_and_nothing_of_what(house: House) -> None:
    ask(house, referrer_email="ana@alderfalls.example")

    sent = {kind: (to, parcel) for kind, to, parcel in sent_from(house)}
    _, notice = sent[DeliveryKind.NOTICE]
    assert isinstance(notice, NoticeParcel)
    (asked,) = asked_of(house)
    assert notice.what == "question"
    assert notice.office_name == QUESTION["referrer_office"]
    assert notice.desk_url.endswith(f"/desk/questions/{asked.id}")
    assert "hearts" not in repr(notice)
    whom, receipt = sent[DeliveryKind.ACKNOWLEDGEMENT]
    assert whom == "ana@alderfalls.example"
    assert isinstance(receipt, AcknowledgementParcel)
    assert "/asked/" in receipt.status_url
    assert receipt.what == "question"
    assert house.client.get("/asked/" + receipt.status_url.rpartition("/")[2]).status_code == 200


def test_in_which_language_to_answer_is_sealed_with_the_words(build: Callable[..., House]) -> None:
    house = build(practice=GROUP_PRACTICE)
    answer = ask(house, page_language="es", question="¿A quién puedo enviar?")

    assert "Respondemos" in house.client.get(answer.headers["Location"]).text
    (asked,) = asked_of(house)
    assert words_of(house, asked)["page_language"] == "es"


def test_a_talk_is_asked_for_with_what_helps_to_plan_it(house: House) -> None:
    answer = ask(
        house, question=None, talk="sleepless", talk_when="Tuesdays in January, at noon",
        talk_people="12", talk_place="The break room",
    )  # fmt: skip

    assert answer.status_code == 303
    (asked,) = asked_of(house)
    assert (asked.kind, asked.talk, asked.talk_state) == (
        QuestionKind.TALK, "sleepless", TalkState.ASKED,
    )  # fmt: skip
    words = words_of(house, asked)
    assert words["talk_title"].startswith("Sleepless")
    assert words["talk_when"] == "Tuesdays in January, at noon"
    (notice,) = [parcel for kind, _, parcel in sent_from(house) if kind is DeliveryKind.NOTICE]
    assert isinstance(notice, NoticeParcel)
    assert notice.what == "talk"


def test_a_talk_that_is_not_given_any_more_is_kept_as_typed(house: House) -> None:
    ask(house, talk="old-talk")

    (asked,) = asked_of(house)
    assert (asked.kind, asked.talk) == (QuestionKind.TALK, None)
    assert words_of(house, asked)["talk_title"] == "old-talk"


def test_one_way_to_reach_them_is_enough_and_a_code_says_the_office(house: House) -> None:
    assert ask(house, referrer_phone=None, referrer_email="ana@clinic.example").status_code == 303
    house.ledger.sources.add(
        "k7m2", "Lakeside Pediatrics", SourceKind.OFFICE, public_poster=False, actor="test"
    )
    named = {"referrer_name": None, "referrer_office": None, "source": "k7m2"}
    assert "Lakeside Pediatrics" in house.client.get("/ask/?source=k7m2").text

    assert ask(house, **named, question="Do you see teenagers?").status_code == 303

    assert {one.source for one in asked_of(house)} == {"k7m2", None}


def test_the_same_sending_twice_is_one_question(house: House) -> None:
    first = house.client.post("/questions", json=QUESTION, headers={"Idempotency-Key": "k1"})
    again = house.client.post("/questions", json=QUESTION, headers={"Idempotency-Key": "k1"})
    other = house.client.post(
        "/questions",
        json={**QUESTION, "question": "Something else."},
        headers={"Idempotency-Key": "k1"},
    )
    unnamed = ask(house)

    assert told(first)["receipt"] == told(again)["receipt"]
    assert other.status_code == 422
    assert unnamed.status_code == 303
    assert len(asked_of(house)) == 1


def test_the_form_presets_a_talk_and_the_site_may_send_from_its_own_origin(house: House) -> None:
    page = house.client.get("/ask/?talk=sleepless").text
    assert '<option value="sleepless" selected>' in page
    allowed = house.client.options("/questions", headers={"Origin": "https://harborstreet.example"})
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://harborstreet.example"
    stranger = house.client.options("/questions", headers={"Origin": "https://else.example"})
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_the_askers_page_follows_what_happens_at_the_desk(house: House) -> None:
    (user,) = house.ledger.people.users()
    place = ask(house, talk="sleepless").headers["Location"]
    (asked,) = asked_of(house)
    steps, day = house.ledger.question_steps, house.clock().date() + timedelta(days=20)

    steps.set_talk(asked.id, TalkState.AGREED, day, user.id)
    assert "We come on" in house.client.get(place).text
    assert told(house.client.get(place, headers=JSON))["talk_on"] == day.isoformat()
    steps.set_talk(asked.id, TalkState.HELD, None, user.id)
    assert "Thank you for having us." in house.client.get(place).text
    other = ask(house).headers["Location"]
    (second,) = [one for one in asked_of(house) if one.id != asked.id]
    steps.answer(second.id, AnsweredHow.PHONE, None, user.id)
    assert "We have answered you." in house.client.get(other).text
    house.clock.pass_by(timedelta(days=91))
    assert house.client.get(other).status_code == 404
    assert house.client.get("/asked/nonsense").status_code == 404


def test_nothing_that_was_typed_stands_in_clear_on_the_disk_in_a_log_or_in_a_notice(
    build: Callable[..., House], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house = build(forward=Forward.NOTICE)
    (user,) = house.ledger.people.users()
    for n, field in enumerate(
        ("referrer_name", "referrer_role", "question", "talk_when", "talk_people", "talk_place")
    ):
        answer = ask(house, **{"talk": "sleepless", "question": f"Number {n}?", field: MARKER})
        assert answer.status_code == 303
        assert MARKER not in answer.headers["Location"]
        assert MARKER not in house.client.get(answer.headers["Location"]).text
    for asked in asked_of(house):
        house.ledger.question_steps.note_opened(asked.id, user.id)
    for _, _, parcel in sent_from(house):
        assert MARKER not in repr(parcel)
    house.ledger.truncate_wal()

    assert MARKER not in caplog.text
    read = 0
    for file in house.settings.var.rglob("*"):
        if file.is_file():
            read += 1
            assert MARKER.encode() not in file.read_bytes(), file.name
    assert read > 3


def test_mail_is_the_only_channel_that_carries_the_words(
    build: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = build()
    outgoing = house.app.extensions["handoff-office"].questions._notices._outgoing
    object.__setattr__(outgoing, "is_whole", lambda: True)
    inbox = house.ledger.inboxes.all()[0]
    (mail,) = house.ledger.inboxes.recipients(inbox.id)
    push = replace(
        mail, id="push", channel=Channel.PUSH, address="ntfys://ntfy.example/t", position=1
    )
    house.ledger.inboxes.set_recipients(inbox.id, [mail, push], actor="test")

    ask(house)

    kinds = {to: type(parcel).__name__ for _, to, parcel in sent_from(house)}
    assert kinds == {mail.address: "QuestionParcel", push.address: "NoticeParcel"}
