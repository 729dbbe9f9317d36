"""The patient's own door: their page, their words, and nothing that reaches the office."""

from __future__ import annotations

from form_server.ledger import DeliveryKind, SourceKind
from tests.form_server.office.house import House

MINE = {
    "kind": "self",
    "patient_name": "Jordan Quill",
    "patient_phone": "360-555-0199",
    "reasons": "I cannot sleep",
    "patient_agreed": "true",
}


def test_the_card_says_whose_it_is_and_the_referral_says_so_too(house: House) -> None:
    house.ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    page = house.client.get("/hello?source=k7q2")
    assert "Mill Road Family Medicine" in page.text
    assert 'name="source" value="k7q2"' in page.text
    sent = house.client.post("/referrals", data={**MINE, "source": "k7q2"})
    assert sent.status_code == 303
    (referral,) = house.referrals()
    assert (referral.kind, referral.source) == ("self", "K7Q2")
    assert not referral.flags
    words = house.open(referral)
    assert words["reasons"] == ["I cannot sleep"]
    assert words["patient_agreed"] is True
    assert "referrer_name" not in words


def test_a_mistake_comes_back_in_the_patients_own_page(house: House) -> None:
    answer = house.client.post(
        "/referrals", data={**MINE, "patient_phone": "", "voicemail_ok": "true"}
    )
    assert answer.status_code == 422
    assert "Ask Nora Ellison to call you" in answer.text
    assert "Tell us the number to call." in answer.text
    assert 'value="I cannot sleep"' in answer.text
    assert "Your callback number" not in answer.text
    assert house.referrals() == []


def test_the_patient_reads_what_comes_next_and_no_chart_line(house: House) -> None:
    link = house.client.post("/referrals", data=MINE).location
    page = house.client.get(link).text
    assert "Thank you. We have your message." in page
    assert "For the chart" not in page
    assert "Refer another patient" not in page


def test_nobody_is_acknowledged_by_mail(house: House) -> None:
    house.client.post("/referrals", data={**MINE, "referrer_email": "victim@example.org"})
    (referral,) = house.referrals()
    kinds = {one.kind for one in house.ledger.deliveries.of_referral(referral.id)}
    assert "acknowledgement" not in kinds


def test_the_notice_names_no_office(house: House) -> None:
    house.ledger.sources.add("K7Q2", "Mill Road", SourceKind.CONGREGATION, actor="command")
    house.client.post("/referrals", data={**MINE, "source": "K7Q2"})
    claimed = house.ledger.queue.claim("t", house.clock(), 10)
    notices = [one for one in claimed if one.kind is DeliveryKind.NOTICE]
    assert notices
    for one in notices:
        opened = house.services.server_key.open(one.parcel, "parcel", one.id)
        assert b"Mill Road" not in opened
        assert b"555-0199" not in opened
