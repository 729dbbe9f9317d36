"""A question, or a request for a talk, from the form to the ledger and its notices."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from form_server.acknowledging import acknowledge_question
from form_server.ledger import (
    AnsweredHow,
    Channel,
    DeliveryKind,
    LedgerUnavailable,
    Question,
    QuestionKind,
    SourceKind,
    TalkState,
)
from form_server.office.asking.asked import read_asked
from form_server.office.submission import Flaw, SubmissionRefused
from form_server.parcels import (
    AcknowledgementParcel,
    NoticeParcel,
    Parcel,
    parcel_from_bytes,
)
from form_server.settings import Forward
from form_server.vault import Binding, open_sealed
from tests.form_server.office.house import House
from tests.form_server.office.submissions import ASKS
from tests.samples import GROUP_PRACTICE

MARKER = "Zebulonmarker"
QUESTION = {
    "referrer_name": "Ana Ruiz",
    "referrer_office": "Alder Falls Family Medicine",
    "referrer_phone": "(360) 555-0177",
    "question": "Whom may I send you? Many here worry about their hearts.",
}
JSON = {"Accept": "application/json"}


def ask(house: House, **said: Any) -> TestResponse:
    fields = {key: value for key, value in {**QUESTION, **said}.items() if value is not None}
    return house.client.post("/questions", data=fields)


def told(answer: TestResponse) -> dict[str, Any]:
    """The answer as a program reads it."""
    fields = json.loads(answer.text)
    assert isinstance(fields, dict)
    return fields


def asked_of(house: House) -> list[Question]:
    inboxes = [one.id for one in house.ledger.inboxes.all()]
    return house.ledger.questions.everything(inboxes)


def words_of(house: House, asked: Question) -> dict[str, Any]:
    about = Binding(house.ledger.meta.instance_id(), asked.id, asked.inbox_id, asked.key_version)
    words = json.loads(open_sealed(asked.envelope, house.inbox_key, about))
    assert isinstance(words, dict)
    return words


def sent_from(house: House) -> list[tuple[DeliveryKind, str, Parcel]]:
    """What waits to go out, opened with the server's key."""
    key = house.services.server_key
    return [
        (one.kind, one.address, parcel_from_bytes(key.open(one.parcel, "parcel", one.id)))
        for way in (Channel.EMAIL, Channel.PUSH)
        for one in house.ledger.queue.claim("test", house.clock(), 50, way)
    ]


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


def test_all_that_is_missing_is_said_at_once_and_what_was_typed_is_kept(house: House) -> None:
    answer = ask(house, referrer_name="", referrer_phone="", question="", talk_place="Room <2>")

    assert answer.status_code == 422
    for sentence in (
        "Tell us your name", "Give a phone number or an e-mail address",
        "Write your question here, or pick a talk.",
    ):  # fmt: skip
        assert answer.text.count(sentence) >= 2, sentence  # in the summary and at its field
    assert 'value="Room &lt;2&gt;"' in answer.text
    assert asked_of(house) == []


@pytest.mark.parametrize(
    ("said", "name", "flaw"),
    [
        ({"referrer_phone": "call me"}, "referrer_phone", Flaw.NOT_PHONE),
        ({"referrer_email": "ana at home"}, "referrer_email", Flaw.NOT_EMAIL),
        ({"question": "a" * 1001}, "question", Flaw.TOO_LONG),
        ({"question": "bell \x07"}, "question", Flaw.CONTROL),
        ({"referrer_phone": ""}, "referrer_phone", Flaw.MISSING),
    ],
)
def test_only_what_the_sender_can_mend_is_refused(
    said: dict[str, str], name: str, flaw: Flaw
) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read_asked({**QUESTION, **said}, ASKS, {})
    assert {key: fault.flaw for key, fault in refused.value.faults.items()} == {name: flaw}


def test_one_way_to_reach_them_is_enough_and_a_code_says_the_office(house: House) -> None:
    assert ask(house, referrer_phone=None, referrer_email="ana@clinic.example").status_code == 303
    house.ledger.sources.add(
        "k7m2", "Lakeside Pediatrics", SourceKind.OFFICE, public_poster=False, actor="test"
    )
    named = {"referrer_name": None, "referrer_office": None, "source": "k7m2"}
    assert "Lakeside Pediatrics" in house.client.get("/ask/?source=k7m2").text

    assert ask(house, **named, question="Do you see teenagers?").status_code == 303

    assert {one.source for one in asked_of(house)} == {"k7m2", None}


def test_programs_get_json_and_problems_as_rfc_9457_says(house: House) -> None:
    answer = house.client.post("/questions", json=QUESTION)

    assert answer.status_code == 201
    assert set(told(answer)) == {"receipt", "status_url", "received_at", "promised_by"}
    assert answer.headers["Location"] == told(answer)["status_url"]
    standing = house.client.get(
        "/asked/" + told(answer)["status_url"].rpartition("/")[2], headers=JSON
    )
    assert told(standing)["state"] == "received"
    refused = house.client.post("/questions", json={**QUESTION, "referrer_phone": ""})
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    assert list(told(refused)["errors"]) == ["referrer_phone"]
    assert house.client.post("/questions", data=b"<x/>", content_type="text/xml").status_code == 415
    assert house.client.get("/questions").headers["Location"] == "/ask/"


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


@pytest.mark.parametrize(
    ("words", "heads_up", "says"),
    [
        ("Can you see our patient Maria Delgado?", "patient", "looks as if it names a patient"),
        ("What if somebody is suicidal?", "risk", "sounds as if somebody may be in danger"),
    ],
)
def test_words_that_name_somebody_or_tell_of_danger_are_met_once_and_never_blocked(
    house: House, words: str, heads_up: str, says: str
) -> None:
    stopped = ask(house, question=words)
    assert (stopped.status_code, asked_of(house)) == (200, [])
    assert says in stopped.text
    assert '<input type="hidden" name="heads_up" value="seen">' in stopped.text
    script = house.client.post(
        "/questions", json={**QUESTION, "question": words, "heads_up": "ask"}
    )
    assert script.json == {"interrupt": heads_up}

    assert ask(house, question=words, heads_up="seen").status_code == 303
    (asked,) = asked_of(house)
    assert ("read_first" in asked.flags) is (heads_up == "risk")
    # A program that says nothing of it is never stopped.
    plain = {**QUESTION, "question": f"{words} Please call."}
    assert house.client.post("/questions", json=plain).status_code == 201


def test_what_looks_automatic_is_kept_aside_with_the_same_answer(house: House) -> None:
    answer = ask(house, website="http://buy.example", question="Cheap pills http://a.example/x")

    assert answer.status_code == 303
    (asked,) = asked_of(house)
    assert "quarantine" in asked.flags
    assert "bait_taken" in words_of(house, asked)["suspicions"]
    assert sent_from(house) == []
    (told,) = house.ledger.agenda.due(house.clock() + timedelta(hours=1), [DeliveryKind.QUESTION])
    assert (told.question_id, told.place) == (None, asked.inbox_id)
    ask(house, website="http://buy.example", question="More pills http://a.example/x")
    later = house.clock() + timedelta(hours=1)
    assert len(house.ledger.agenda.due(later, [DeliveryKind.QUESTION])) == 1


def test_what_was_kept_aside_is_receipted_once_when_it_turns_out_real(
    build: Callable[..., House],
) -> None:
    house = build(practice=GROUP_PRACTICE)
    (user,) = house.ledger.people.users()
    place = ask(
        house,
        referrer_email="Ana@alderfalls.example",
        page_language="es",
        website="http://buy.example",
        question="http://a.example/x http://b.example/x",
    ).headers["Location"]
    (asked,) = asked_of(house)
    assert "quarantine" in asked.flags
    assert sent_from(house) == []
    house.clock.pass_by(timedelta(minutes=40))

    for _ in range(2):
        with house.app.app_context():
            receipt = acknowledge_question(asked, "Ana@alderfalls.example", "es")
        house.ledger.question_steps.rescue(asked.id, user.id, house.clock(), receipt)

    ((kind, to, parcel),) = sent_from(house)
    assert (kind, to) == (DeliveryKind.ACKNOWLEDGEMENT, "Ana@alderfalls.example")
    assert isinstance(parcel, AcknowledgementParcel)
    assert (parcel.receipt, parcel.language, parcel.what) == (asked.receipt, "es", "question")
    assert not parcel.is_late
    assert parcel.status_url.endswith(place)
    assert "a.example" not in repr(parcel)


def test_a_flood_is_turned_away_with_the_phone_number(build: Callable[..., House]) -> None:
    house = build(flood_ceiling=2)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answers = [
        house.client.post(
            "/questions",
            data={**QUESTION, "question": f"Question number {n}?"},
            environ_overrides=elsewhere,
        )
        for n in range(3)
    ]
    assert [one.status_code for one in answers] == [303, 303, 429]
    assert "(360) 555-0142" in answers[2].text
    assert "Too many questions at once" in answers[2].text


def test_a_ledger_that_cannot_be_written_is_said_and_nothing_is_promised(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LedgerUnavailable("here", "the disk is full")

    monkeypatch.setattr(house.ledger.questions, "accept", refuse)
    answer = ask(house)
    assert answer.status_code == 503
    assert "Your question was not stored" in answer.text
    assert "(360) 555-0142" in answer.text


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
