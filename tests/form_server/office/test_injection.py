"""What is typed into a form ends up sealed, and in no header, no log, no link and no message."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import SMTP

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from form_server.delivery.messages import Composer
from form_server.delivery.wire import wire_bytes
from form_server.ledger import Channel
from form_server.office.reading import FIELDS
from form_server.parcels import parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House

MARKER = "Zebulonmarker"
BREAKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "%0d%0a"]
LINES = ("patient_name", "referrer_name", "referrer_office", "best_time", "plan", "source", "kind")
UNSEEN = [
    "\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u200e", "\u200b", "\u2060", "\ufeff",
    "\u00ad", "\u061c", "\U000e0041",
]  # fmt: skip


class Ear(logging.Handler):
    """Hears all that is logged, from the lowest level on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.__dict__!r}")


@pytest.fixture
def log() -> Iterator[list[str]]:
    ear, root = Ear(), logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    yield ear.said
    root.removeHandler(ear)
    root.setLevel(level)


def sends(client: FlaskClient, fields: dict[str, str]) -> list[TestResponse]:
    return [
        client.post("/referrals", data=fields),
        client.post("/referrals", json={**fields, "patient_agreed": True}),
        client.post("/referrals", data=fields, content_type="multipart/form-data"),
    ]


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize("name", LINES)
def test_no_field_starts_a_header(house: House, name: str, line_break: str) -> None:
    hostile = {**ENOUGH, name: f"A{line_break}Set-Cookie: planted=1{line_break}{line_break}<b>"}

    for answer in sends(house.client, hostile):
        assert answer.status_code in {201, 303, 422}
        assert "Set-Cookie" not in answer.headers
        for key, value in answer.headers:
            assert "planted" not in key + value
            assert not set("\r\n") & set(key + value)


@pytest.mark.parametrize(
    "name", ["Origin", "Referer", "Accept", "Idempotency-Key", "X-Forwarded-For", "User-Agent"]
)
def test_no_header_comes_back_as_it_was_sent(house: House, name: str) -> None:
    sent = {name: f"https://{MARKER}.example", "Accept-Language": MARKER}

    for answer in (
        house.client.post("/referrals", data=ENOUGH, headers=sent),
        house.client.post("/referrals", json={}, headers=sent),
        house.client.get("/refer/", headers=sent),
        house.client.options("/referrals", headers=sent),
    ):
        assert answer.status_code < 500
        assert MARKER not in str(answer.headers)
        assert MARKER not in answer.text


@pytest.mark.parametrize("path", ["/refer", "/nowhere", "/status/x", "/hello", "/assets/x"])
def test_no_address_starts_a_header(house: House, path: str) -> None:
    for tail in ("%0d%0aSet-Cookie:%20planted=1", "?source=%0d%0aSet-Cookie:%20planted=1"):
        answer = house.client.get(path + tail)
        assert answer.status_code < 500
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("line_break", BREAKS)
def test_no_office_starts_a_header_of_a_mail(house: House, line_break: str) -> None:
    office = f"Clinic{line_break}Bcc: planted@evil.example"
    house.client.post("/referrals", data={**ENOUGH, "referrer_office": office})
    composer = Composer("referrals@harborstreet.example")

    for row in house.ledger.queue.claim("test", house.clock(), 10, Channel.EMAIL):
        parcel = parcel_from_bytes(house.services.server_key.open(row.parcel, "parcel", row.id))
        mail = composer.compose(
            parcel,
            to=row.address,
            message_id=row.message_id,
            created_at=row.created_at,
            whole=True,
        )
        parsed = message_from_bytes(wire_bytes(mail), policy=SMTP)
        assert parsed["Bcc"] is None
        assert all("planted" not in str(value) for value in parsed.values())


def test_no_log_repeats_what_was_sent(house: House, log: list[str]) -> None:
    hostile = f"{MARKER}\r\nERROR:root:everything is lost"
    client = house.client
    for name in FIELDS:
        sends(client, {**ENOUGH, name: hostile})
        sends(client, {**ENOUGH, name: f"{MARKER} plain"})
    sends(client, {MARKER: MARKER})
    client.post("/referrals", data=f'{{"{MARKER}": '.encode(), content_type="application/json")
    client.post("/referrals", data=f"{MARKER}=%ff".encode(), content_type="text/plain")
    client.post("/referrals", data=ENOUGH, headers={"Idempotency-Key": MARKER, "Origin": MARKER})
    client.get(f"/status/{MARKER}")
    client.get(f"/refer/{MARKER}?source={MARKER}")
    house.ledger.close()  # an outage, with the words of a referral in hand
    client.post("/referrals", data={**ENOUGH, "patient_name": MARKER})

    said = "\n".join(log)
    assert MARKER not in said
    assert "everything is lost" not in said


@pytest.mark.parametrize("name", ["patient_name", "referrer_office", "note"])
def test_what_cannot_be_seen_is_not_kept(house: House, name: str) -> None:
    hidden = "".join(f"{mark}A" for mark in UNSEEN)

    answer = house.client.post("/referrals", data={**ENOUGH, name: f"Jordan{hidden}"})

    assert answer.status_code == 303
    assert house.only_words()[name] == "Jordan" + "A" * len(UNSEEN)


@pytest.mark.parametrize("name", ["patient_name", "patient_phone", "reasons"])
def test_what_is_nothing_but_unseen_is_missing(house: House, name: str) -> None:
    answer = house.client.post("/referrals", data={**ENOUGH, name: "\u200b\u202e\u2066\ufeff"})

    assert answer.status_code == 422
    assert house.referrals() == []


def test_a_name_that_turns_around_turns_nothing_else(house: House) -> None:
    """Shown again in the form, it is the text alone, with no mark that reaches beyond its field."""
    answer = house.client.post(
        "/referrals", data={**ENOUGH, "patient_phone": "", "patient_name": "Ana \u202eziuR"}
    )

    assert answer.status_code == 422
    assert "Ana ziuR" in answer.text
    assert not set("\u202e\u202d\u2066\u2067\u2068") & set(answer.text)


def test_joiners_that_a_name_needs_are_kept(house: House) -> None:
    house.client.post("/referrals", data={**ENOUGH, "patient_name": "می\u200cخواهم"})

    assert house.only_words()["patient_name"] == "می\u200cخواهم"
