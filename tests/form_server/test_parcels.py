from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from form_server.parcels import ParcelRefused, parcel_from_bytes, parcel_to_bytes
from tests.form_server.delivery.things import a_full_parcel, a_notice


def notice_json(**changes: Any) -> bytes:
    return json.dumps(json.loads(parcel_to_bytes(a_notice())) | changes).encode()


def test_parcels_come_back_as_they_went() -> None:
    for parcel in (a_notice(), a_full_parcel(), a_notice(office_name="Ärzte “Süd” 東\n")):
        assert parcel_from_bytes(parcel_to_bytes(parcel)) == parcel


def test_notice_of_a_whole_referral_carries_nothing_of_the_patient() -> None:
    raw = parcel_to_bytes(a_full_parcel().notice)
    assert b"Quarles" not in raw
    assert b"555-0111" not in raw


def test_fields_of_a_newer_version_are_passed_over() -> None:
    assert parcel_from_bytes(notice_json(mood="sunny")) == a_notice()


def test_fields_that_an_older_version_did_not_write_are_empty() -> None:
    older = json.loads(parcel_to_bytes(a_notice()))
    del older["office_phone_uri"]
    assert parcel_from_bytes(json.dumps(older).encode()) == a_notice(office_phone_uri="")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"{}",
        b'{"kind":"letter"}',
        b"[" * 100_000,
        notice_json(practice_name=7),
        notice_json(received_at="2026-11-23T20:00:00"),
        notice_json(time_zone="America/Nowhere"),
        notice_json(time_zone="../../etc/passwd"),
        notice_json(desk_url="javascript:alert(1)"),
        notice_json(office_phone_uri="javascript:alert(1)"),
    ],
    ids=str,
)
def test_bytes_that_are_no_parcel_are_refused(raw: bytes) -> None:
    with pytest.raises(ParcelRefused):
        parcel_from_bytes(raw)


def test_refusal_names_fields_and_never_what_stands_in_them() -> None:
    damaged = json.loads(parcel_to_bytes(a_full_parcel()))
    damaged["patient_name"] = ["Jane Quarles"]
    with pytest.raises(ParcelRefused) as refused:
        parcel_from_bytes(json.dumps(damaged).encode())
    assert refused.value.fields == ("patient_name",)
    assert "Quarles" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_link_that_is_none_is_refused_by_whoever_writes_it() -> None:
    with pytest.raises(ValueError, match="tel:"):
        a_notice(office_phone_uri="(360) 555-0188")
    with pytest.raises(ValueError, match="aware"):
        replace(a_notice(), received_at=datetime(2026, 11, 23))  # noqa: DTZ001 - the point of it
