"""Held times at the door: offered, taken with the referral, or said to be gone with nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import FirstCall
from tests.form_server.office.house import ENOUGH, House
from tests.form_server.office.test_hello import MINE


def hold(house: House, hours: int) -> FirstCall:
    at = house.clock() + timedelta(hours=hours)
    return house.ledger.first_calls.add("nora-ellison", at, actor="command")


@pytest.mark.parametrize("page", ["/refer/", "/hello/", "/refer/nora-ellison", "/hello/?source=x"])
def test_the_next_three_are_offered(house: House, page: str) -> None:
    held = [hold(house, hours) for hours in (1, 30, 3, 24, 48)]
    text = house.client.get(page).text
    offered = [one.id for one in held if one.id in text]
    assert offered == [held[1].id, held[2].id, held[3].id], "one in an hour is too soon to prepare"
    assert "Monday, November 23, 2:20 PM" in text


def test_the_static_page_is_told_in_words(house: House) -> None:
    held = hold(house, 3)
    answer = house.client.get("/first-calls.json")
    assert answer.json is not None
    assert answer.json["times"] == [
        {
            "id": held.id,
            "starts_at": "2026-11-23T22:20:00Z",
            "label": "Monday, November 23, 2:20 PM",
        }
    ]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", [ENOUGH, MINE])
def test_a_time_is_taken_and_stands_in_the_receipt_and_the_seal(
    house: House, form: dict[str, str]
) -> None:
    held = hold(house, 3)
    link = house.client.post("/referrals", data={**form, "first_call": held.id}).location
    assert "Monday, November 23, 2:20 PM" in house.client.get(link).text
    (referral,) = house.referrals()
    assert referral.clinician == "nora-ellison"
    assert house.open(referral)["first_call_at"] == "2026-11-23T22:20:00Z"
    assert held.id not in house.client.get("/refer/").text


def test_the_same_form_sent_again_keeps_its_time(house: House) -> None:
    data = {**ENOUGH, "first_call": hold(house, 3).id}
    first = house.client.post("/referrals", data=data)
    again = house.client.post("/referrals", data=data)
    assert (again.status_code, again.location) == (303, first.location)


@pytest.mark.parametrize("form", [ENOUGH, MINE])
def test_a_time_that_is_gone_is_said_with_the_others_and_nothing_typed_is_lost(
    house: House, form: dict[str, str]
) -> None:
    held, other = hold(house, 3), hold(house, 5)
    house.client.post("/referrals", data={**ENOUGH, "first_call": held.id})
    late = {**form, "patient_name": "Theodora Quill", "first_call": held.id}
    answer = house.client.post("/referrals", data=late)
    assert answer.status_code == 422
    assert "This time is not free any more." in answer.text
    assert 'value="Theodora Quill"' in answer.text
    assert other.id in answer.text
    assert held.id not in answer.text
    assert len(house.referrals()) == 1
    assert house.client.post("/referrals", data={**late, "first_call": ""}).status_code == 303


def test_a_program_is_told_of_the_other_times(house: House) -> None:
    other = hold(house, 5)
    answer = house.client.post("/referrals", json={**ENOUGH, "first_call": "nonsense"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == ["first_call"]
    assert [one["id"] for one in answer.json["times"]] == [other.id]
