"""Of a practice that speaks Spanish, whatever a visitor may meet is Spanish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from form_server.delivery.letters import letter_about
from form_server.ledger import DeliveryKind
from form_server.parcels import parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House
from tests.samples import SPANISH_PRACTICE
from tests.translations.visitors import find_english, said_on

MINE: Final = {
    "kind": "self",
    "patient_name": "Jordán Quiroga",
    "patient_phone": "360-555-0199",
    "reasons": "No puedo dormir",
    "patient_agreed": "true",
}
SENT: Final = ENOUGH | {"referrer_office": "Medicina Familiar Villa Alisos"}


ASKED: Final = {
    "referrer_name": "Ana Ruiz",
    "referrer_office": "Medicina Familiar Villa Alisos",
    "referrer_email": "ana@clinica.example",
    "question": "¿A quién le puedo enviar?",
}


@pytest.fixture
def spanish(build: Callable[..., House]) -> House:
    return build(practice=SPANISH_PRACTICE)


def test_every_page_that_a_visitor_meets_is_spanish(spanish: House) -> None:
    client = spanish.client
    danger = {**MINE, "reasons": "Quiero morirme"}
    pages = {
        "the office's form": client.get("/refer/"),
        "the patient's form": client.get("/hello"),
        "the form with its faults": client.post("/referrals", data={"patient_phone": "12"}),
        "the patient's form with its faults": client.post("/referrals", data={"kind": "self"}),
        "what an office reads next": client.get(client.post("/referrals", data=SENT).location),
        "what a patient reads next": client.get(client.post("/referrals", data=MINE).location),
        "the question before danger is sent": client.post("/referrals", data=danger),
        "a body that is too long": client.post("/referrals", data=SENT | {"note": "x" * 70_000}),
        "a form that was cut short": client.post(
            "/referrals", data=b"--a", content_type="multipart/form-data; boundary=a"
        ),
        "an address that is none": client.get("/status/nobody-has-this"),
        "a page that is not there": client.get("/nowhere"),
        "the page on which a reader leaves": client.get("/unsubscribe/some-link"),
        "word that they have left": client.post("/unsubscribe/some-link"),
        "an address that takes something else": client.get("/referrals/another"),
    }
    for name, answer in pages.items():
        said = said_on(answer.text)
        assert len(said.split()) > 20, f"{name}: {said}"
        assert find_english(said) == [], f"{name}: {said}"
        assert "m.." not in said, f"{name}: {said}"  # “p.m.” ends a sentence by itself
        assert '<html lang="es"' in answer.text, name


def test_whoever_asks_something_is_answered_in_spanish(spanish: House) -> None:
    client = spanish.client
    danger = {**ASKED, "question": "¿Y si alguien quiere morirse?"}
    named = {**ASKED, "question": "La paciente Juana Pérez no duerme."}
    pages = {
        "the form": client.get("/ask/"),
        "the form with its faults": client.post("/questions", data={"referrer_phone": "12"}),
        "what they read next": client.get(client.post("/questions", data=ASKED).location),
        "the question before danger is sent": client.post("/questions", data=danger),
        "the hint before a patient is named": client.post("/questions", data=named),
    }
    for name, answer in pages.items():
        said = said_on(answer.text)
        assert len(said.split()) > 20, f"{name}: {said}"
        assert find_english(said) == [], f"{name}: {said}"
    claimed = spanish.ledger.queue.claim("test", spanish.clock(), 100)
    (mail,) = (one for one in claimed if one.kind is DeliveryKind.ACKNOWLEDGEMENT)
    parcel = parcel_from_bytes(spanish.services.server_key.open(mail.parcel, "parcel", mail.id))
    letter = letter_about(parcel, whole=True)
    facts = [f"{fact.label}: {fact.value}" for part in letter.sections for fact in part.facts]
    assert find_english(" ".join((letter.subject, letter.heading, *facts, letter.remark))) == []
    assert "Respondemos a más tardar" in " ".join((letter.preview, *facts))


def test_the_crisis_line_is_the_one_that_speaks_spanish(spanish: House) -> None:
    said = said_on(spanish.client.get("/hello").text)
    assert "988 y oprima 2" in said
    assert "AYUDA" in said


def test_the_mail_to_the_office_is_spanish(spanish: House) -> None:
    spanish.client.post("/referrals", data=SENT | {"referrer_email": "ana@clinica.example"})
    claimed = spanish.ledger.queue.claim("test", spanish.clock(), 100)
    (mail,) = (one for one in claimed if one.kind is DeliveryKind.ACKNOWLEDGEMENT)
    parcel = parcel_from_bytes(spanish.services.server_key.open(mail.parcel, "parcel", mail.id))
    letter = letter_about(parcel, whole=True)
    facts = [f"{fact.label}: {fact.value}" for part in letter.sections for fact in part.facts]
    said = " ".join((letter.subject, letter.preview, letter.heading, *facts, letter.remark))
    assert find_english(f"{said} {letter.button} {letter.receipt_word}") == []
    assert "Llamamos a más tardar el: lunes 23 de noviembre, 3:20 p.m. (hora del Pacífico)" in facts
    assert letter.language == "es"
