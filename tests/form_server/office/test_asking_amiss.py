"""A question with something missing, too often, too strange, or at a bad moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from form_server.acknowledging import acknowledge_question
from form_server.ledger import DeliveryKind, LedgerUnavailable
from form_server.office.asking.asked import read_asked
from form_server.office.submission import Flaw, SubmissionRefused
from form_server.parcels import AcknowledgementParcel
from tests.form_server.office.house import House
from tests.form_server.office.questions import (
    JSON,
    QUESTION,
    ask,
    asked_of,
    sent_from,
    told,
    words_of,
)
from tests.form_server.office.submissions import ASKS
from tests.samples import GROUP_PRACTICE


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
