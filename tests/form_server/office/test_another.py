"""“Refer another patient” keeps the office's part, in no address, on no disk, and not for long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from form_server.office.kept import KEPT_FIELDS, KeptParts
from tests.form_server.office.house import ENOUGH, Clock, House
from tests.form_server.office.test_interruption import Inputs
from tests.form_server.office.test_reading import read

SENT = {**ENOUGH, "referrer_role": "Front desk", "report_back": "phone", "note": "After four."}


def test_the_next_form_has_the_offices_part_and_nothing_of_the_patient(house: House) -> None:
    receipt = house.client.post("/referrals", data=SENT)
    assert "Ana" not in receipt.location
    pairs = Inputs(house.client.get(receipt.location).text).pairs
    assert dict(pairs) == {name: SENT[name] for name in KEPT_FIELDS if name in SENT}
    form = house.client.post("/refer/again", data=dict(pairs))
    assert form.status_code == 200
    for said in ("Ana Ruiz", "Alder Falls Family Medicine", "(360) 555-0177", "Front desk"):
        assert f'value="{said}"' in form.text
    assert "Jordan Quill" not in form.text
    assert len(house.referrals()) == 1


def test_whatever_else_is_posted_there_is_dropped(house: House) -> None:
    form = house.client.post("/refer/again", data={**ENOUGH, "note": "planted"})
    assert "Jordan Quill" not in form.text
    assert "planted" not in form.text
    assert house.client.get("/refer/again").location == "/refer/", "for whoever loads it anew"


def test_after_some_minutes_the_receipt_keeps_nothing_of_the_office(house: House) -> None:
    receipt = house.client.post("/referrals", data=SENT)
    house.clock.pass_by(timedelta(minutes=11))
    assert "Ana Ruiz" not in house.client.get(receipt.location).text


def test_the_offices_part_is_on_no_disk(house: House) -> None:
    receipt = house.client.post("/referrals", data=SENT)
    house.client.get(receipt.location)
    files = [path for path in Path(house.settings.var).rglob("*") if path.is_file()]
    assert len(files) > 2
    for path in files:
        assert b"Ana Ruiz" not in path.read_bytes(), path


@pytest.mark.parametrize("count", [501, 1200])
def test_memory_does_not_grow_without_end(count: int) -> None:
    kept = KeptParts(Clock())
    for number in range(count):
        kept.keep(f"token-{number}", read())
    assert kept.of("token-0") == ()
    assert dict(kept.of(f"token-{count - 1}"))["referrer_name"] == "Ana Ruiz"
