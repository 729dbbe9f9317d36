"""Questions as an office asks them, and what became of them."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.test import TestResponse

from form_server.ledger import Channel, DeliveryKind, Question
from form_server.parcels import Parcel, parcel_from_bytes
from form_server.vault import Binding, open_sealed
from tests.form_server.office.house import House

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
