"""The short way answers as the long one does, and begins no delivery before the answer is out."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import EnvironBuilder

from form_server.ledger import Channel, DeliveryKind, DeliveryState
from form_server.office.accept import Reception
from form_server.office.counter import Office
from form_server.office.traffic import Traffic
from form_server.parcels import parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House

FORM = "application/x-www-form-urlencoded"
PUBLIC = "203.0.113.9"


class Answer:
    """What the app said, as the server hears it: headers, then pieces, then the end."""

    def __init__(self, house: House, body: bytes, content_type: str, **more: str) -> None:
        builder = EnvironBuilder(
            "/referrals", method="POST", input_stream=BytesIO(body), content_type=content_type
        )
        environ = builder.get_environ()
        environ.update({"CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": PUBLIC, **more})
        self.status, self.headers = "", list[tuple[str, str]]()
        self.pieces: Iterable[bytes] = house.app(environ, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        self.status, self.headers = status, headers

    def header(self, name: str) -> str:
        (value,) = [value for one, value in self.headers if one.lower() == name.lower()]
        return value

    def end(self) -> bytes:
        try:
            return b"".join(self.pieces)
        finally:
            getattr(self.pieces, "close", lambda: None)()


def form(**changes: str) -> bytes:
    return urlencode({**ENOUGH, **changes}).encode()


def test_a_form_leads_to_the_status_page_with_every_header_of_the_app(house: House) -> None:
    answer = Answer(house, form(), FORM)
    assert answer.end() == b""
    assert answer.status.startswith("303")
    assert answer.header("Location").startswith("/status/")
    assert "default-src" in answer.header("Content-Security-Policy")
    assert answer.header("Cache-Control") == "no-store"
    assert len(house.referrals()) == 1


def test_a_program_gets_its_receipt_and_an_own_site_may_read_it(house: House) -> None:
    body = json.dumps({**ENOUGH, "reasons": ["panic"]}).encode()
    own = house.settings.url
    answer = Answer(house, body, "application/json; charset=utf-8", HTTP_ORIGIN=own)
    told = json.loads(answer.end())
    (referral,) = house.referrals()
    assert answer.status.startswith("201")
    assert told["receipt"] == referral.receipt
    assert answer.header("Location") == told["status_url"]
    assert answer.header("Access-Control-Allow-Origin") == own
    assert answer.header("Vary") == "Origin"


def test_a_stranger_s_site_may_not_read_the_receipt(house: House) -> None:
    answer = Answer(house, form(), FORM, HTTP_ORIGIN="https://elsewhere.example")
    answer.end()
    assert "access-control-allow-origin" not in {name.lower() for name, _ in answer.headers}


def test_no_delivery_is_called_for_before_the_answer_is_out(house: House) -> None:
    house.ledger.wake.clear()
    answer = Answer(house, form(), FORM)
    assert len(house.referrals()) == 1
    assert not house.ledger.wake.is_set()
    answer.end()
    assert house.ledger.wake.is_set()


def test_a_delivery_is_called_for_although_the_office_hung_up(house: House) -> None:
    house.ledger.wake.clear()
    answer = Answer(house, form(), FORM)
    answer.pieces.close()  # type: ignore[attr-defined]  # nothing was read
    assert house.ledger.wake.is_set()


def test_what_was_refused_is_answered_in_full_and_counted_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    add_below = Traffic.add_below

    def count(traffic: Traffic, ceiling: int, name: str) -> bool:
        counted.append(name)
        return add_below(traffic, ceiling, name)

    monkeypatch.setattr(Traffic, "add_below", count)
    answer = Answer(house, form(patient_phone="none"), FORM)
    page = answer.end().decode()
    assert answer.status.startswith("422")
    assert "Jordan Quill" in page
    assert house.referrals() == []
    assert len(counted) == 1


def test_what_nobody_foresaw_is_answered_with_the_telephone_number(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"of {ENOUGH['patient_name']}")

    monkeypatch.setattr(Reception, "accept", fail)
    answer = Answer(house, form(), FORM)
    page = answer.end().decode()
    assert answer.status.startswith("500")
    assert "(360) 555-0142" in page
    assert "Quill" not in caplog.text


@pytest.mark.parametrize("odd", [{"QUERY_STRING": "source=x"}, {"CONTENT_LENGTH": ""}])
def test_an_odd_request_goes_the_long_way(house: House, odd: dict[str, str]) -> None:
    answer = Answer(house, form(), FORM, **odd)
    answer.end()
    stored = len(house.referrals())
    assert answer.status[:3] == ("303" if stored else "422")
    assert stored == ("CONTENT_LENGTH" not in odd)


def test_the_office_is_asked_about_its_thanks_pages(house: House) -> None:
    office = house.app.extensions["handoff-office"]
    assert isinstance(office, Office)
    answer = Answer(house, form(thanks_page="https://elsewhere.example/"), FORM)
    answer.end()
    assert answer.header("Location").startswith("/status/")


def test_a_lane_that_waits_is_handed_the_notice_once_the_answer_is_out(house: House) -> None:
    call = threading.Event()
    idle = house.ledger.idle_lanes.add(Channel.EMAIL, "lane-1", call)
    idle.open()
    answer = Answer(house, form(), FORM)
    (notice,) = (
        one
        for one in house.ledger.deliveries.of_referral(house.referrals()[0].id)
        if one.kind is DeliveryKind.NOTICE
    )
    assert notice.state is DeliveryState.SENDING
    assert idle.take() == []
    answer.end()
    (handed,) = idle.take()
    assert call.is_set()
    assert handed.claimed.id == notice.id
    key = house.services.server_key
    sealed = handed.claimed.parcel
    assert parcel_from_bytes(key.open(sealed, "parcel", notice.id)) == handed.parcel


def test_a_repeat_hands_nothing_over(house: House) -> None:
    idle = house.ledger.idle_lanes.add(Channel.EMAIL, "lane-1", threading.Event())
    idle.open()
    Answer(house, form(), FORM).end()
    idle.take()
    Answer(house, form(), FORM).end()
    assert idle.take() == []
    assert len(house.referrals()) == 1
