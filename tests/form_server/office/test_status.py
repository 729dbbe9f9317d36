from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import Attempt, AttemptMeans, AttemptResult, Outcome
from tests.form_server.office.house import ENOUGH, House


def refer(house: House) -> str:
    """Sends a referral; the path of its status page."""
    return str(house.client.post("/referrals", data=ENOUGH).location)


def call_patient(house: House) -> None:
    (referral,) = house.referrals()
    (user,) = house.ledger.people.users()
    house.ledger.steps.record_attempt(
        Attempt(
            id=house.ledger.new_id(),
            referral_id=referral.id,
            user_id=user.id,
            at=house.clock(),
            means=AttemptMeans.CALL,
            result=AttemptResult.REACHED,
        )
    )


def state(house: House, link: str) -> str:
    answer = house.client.get(f"{link}?format=json")
    assert answer.json is not None
    assert set(answer.json) == {"receipt", "state", "received_at", "promised_by"}
    return str(answer.json["state"])


def test_the_office_sees_how_far_its_referral_has_come(house: House) -> None:
    link = refer(house)

    assert state(house, link) == "received"
    call_patient(house)
    assert state(house, link) == "calling"
    (referral,) = house.referrals()
    (user,) = house.ledger.people.users()
    house.ledger.steps.close(referral.id, Outcome.SCHEDULED, user.id)
    assert state(house, link) == "closed"


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.SCHEDULED, "scheduled"),
        (Outcome.ATTENDED, "attended"),
        (Outcome.REDIRECTED, "redirected"),
        (Outcome.UNREACHABLE, "unreachable"),
        (Outcome.WITHDRAWN, "closed"),
    ],
)
def test_with_the_patients_consent_the_office_learns_how_it_went(
    house: House, outcome: Outcome, told: str
) -> None:
    consenting = {**ENOUGH, "attendance_consent": "true"}
    link = str(house.client.post("/referrals", data=consenting).location)
    (user,) = house.ledger.people.users()
    (referral,) = house.referrals()

    call_patient(house)
    assert state(house, link) == "reached"
    house.ledger.steps.close(referral.id, outcome, user.id)
    assert state(house, link) == told


def test_who_wrote_themselves_consented_for_their_office_and_is_told_no_outcome(
    house: House,
) -> None:
    mine = {**ENOUGH, "kind": "self", "attendance_consent": "true"}
    link = str(house.client.post("/referrals", data=mine).location)
    call_patient(house)

    assert state(house, link) == "calling"


def test_the_page_names_receipt_and_promise_and_nothing_of_the_patient(house: House) -> None:
    link = refer(house)
    (referral,) = house.referrals()

    page = house.client.get(link)

    assert referral.receipt in page.text
    assert "Monday, November 23, 3:20\u00a0PM" in page.text or "3:20 PM" in page.text
    assert "Quill" not in page.text
    assert "0199" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_an_hour_later_it_is_no_longer_news(house: House) -> None:
    link = refer(house)
    fresh = house.client.get(link).text
    house.clock.pass_by(timedelta(hours=1))

    assert house.client.get(link).text != fresh


def test_the_link_ends_ninety_days_after_closing(house: House) -> None:
    link = refer(house)
    (referral,) = house.referrals()
    (user,) = house.ledger.people.users()
    house.ledger.steps.close(referral.id, Outcome.SCHEDULED, user.id)

    house.clock.pass_by(timedelta(days=89))
    assert house.client.get(link).status_code == 200
    house.clock.pass_by(timedelta(days=1))
    assert house.client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 22, "A" * 23, "%00" * 22, "amber-falcon-42"])
def test_a_link_that_leads_nowhere_says_so_with_the_telephone_number(
    house: House, token: str
) -> None:
    page = house.client.get(f"/status/{token}")
    answer = house.client.get(f"/status/{token}", headers={"Accept": "application/json"})

    assert page.status_code == answer.status_code == 404
    assert "(360) 555-0142" in page.text
    assert answer.json is not None
    assert answer.json["phone"] == "(360) 555-0142"


def test_a_receipt_opens_nothing(house: House) -> None:
    refer(house)
    (referral,) = house.referrals()

    assert house.client.get(f"/status/{referral.receipt}").status_code == 404


def test_referring_another_patient_keeps_the_clinician(house: House) -> None:
    link = house.client.post("/referrals", data={**ENOUGH, "clinician": "nora-ellison"}).location

    assert 'name="clinician" value="nora-ellison"' in house.client.get(link).text
    house.clock.pass_by(timedelta(minutes=11))
    assert 'href="/refer/nora-ellison"' in house.client.get(link).text
