"""Coded links: what a known code spares an office, and what an unknown one or a poster does not."""

from __future__ import annotations

import pytest

from form_server.ledger import SourceKind
from tests.form_server.office.house import ENOUGH, House

PATIENT_ONLY = {name: value for name, value in ENOUGH.items() if not name.startswith("referrer_")}


@pytest.fixture
def known(house: House) -> House:
    house.ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    house.ledger.sources.add("WALL", "Public library", public_poster=True, actor="command")
    return house


def test_a_known_office_types_only_the_patients_part(known: House) -> None:
    assert "From <strong" in known.client.get("/refer?source=K7Q2").text
    sent = known.client.post("/referrals", data={**PATIENT_ONLY, "source": "k7q2"})
    assert sent.status_code == 303
    (referral,) = known.referrals()
    assert referral.source == "K7Q2"
    assert known.open(referral)["source"] == "k7q2"


def test_a_code_on_a_wall_vouches_for_nobody(known: House) -> None:
    page = known.client.get("/refer?source=WALL").text
    assert "Public library" not in page
    answer = known.client.post("/referrals", data={**PATIENT_ONLY, "source": "WALL"})
    assert answer.status_code == 422
    assert known.client.post("/referrals", data={**ENOUGH, "source": "WALL"}).status_code == 303
    (referral,) = known.referrals()
    assert referral.source == "WALL"


def test_an_unknown_code_is_kept_as_typed_and_flagged(known: House) -> None:
    assert 'value="OLD-9"' in known.client.get("/refer?source=OLD-9").text
    known.client.post("/referrals", data={**ENOUGH, "source": "OLD-9"})
    (referral,) = known.referrals()
    assert referral.source is None
    assert "unknown_source" in referral.flags
    assert known.open(referral)["source"] == "OLD-9"


def test_a_static_page_learns_the_office_from_the_server(known: House) -> None:
    site = {"Origin": "https://harborstreet.example"}
    answer = known.client.get("/first-calls.json?source=K7Q2", headers=site)
    assert answer.json == {"times": [], "office": "Mill Road Family Medicine"}
    assert answer.headers["Access-Control-Allow-Origin"] == "https://harborstreet.example"
    assert known.client.get("/first-calls.json?source=WALL").json == {"times": [], "office": None}
    stranger = known.client.get("/first-calls.json", headers={"Origin": "https://x.example"})
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_who_does_not_treat_learns_nothing_by_a_tick_of_their_own(known: House) -> None:
    known.ledger.sources.add("SCHOOL", "Alder High", SourceKind.SCHOOL, actor="command")
    for code in ("SCHOOL", "K7Q2"):
        data = {**ENOUGH, "source": code, "attendance_consent": "true", "patient_name": code}
        known.client.post("/referrals", data=data)
    flags = {referral.source: referral.flags for referral in known.referrals()}
    assert "outcome_consent" not in flags["SCHOOL"]
    assert "outcome_consent" in flags["K7Q2"]
