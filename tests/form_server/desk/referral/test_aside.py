"""What is kept aside is counted, looked through, rescued with one tap, or closed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from form_server.acknowledging import Acknowledging, place_acknowledging
from form_server.ledger import DeliveryKind, Outcome, Rationed, Referral, ReferralState
from tests.form_server.desk.stage import Stage, hidden
from tests.form_server.ledger.things import a_delivery

SUSPICIOUS: dict[str, Any] = {
    "flags": "quarantine",
    "suspicions": ["bait_taken", "links", "no_such_hint"],
}


def names(page: str) -> list[str]:
    return re.findall(r'<h2 class="h3"><a [^>]*>(?:<bdi>)?([^<]*)', page)


def decide(desk: Stage, referral: Referral, what: str) -> TestResponse:
    page = desk.get("/desk/quarantine").text
    data = {"csrf_token": hidden(page, "csrf_token")}
    return desk.post(f"/desk/quarantine/{referral.id}/{what}", data)


def test_today_counts_them_apart_and_leads_to_them(desk: Stage) -> None:
    desk.receive(patient_name="Real One")
    desk.receive(patient_name="Odd One", **SUSPICIOUS)

    page = desk.get("/desk/").text

    assert "One person is waiting" in page
    assert "One referral is kept aside: it looks automatic. Look by 4:30\u00a0PM." in page
    assert 'href="/desk/quarantine"' in page
    assert "Odd" not in page
    assert desk.get("/desk/pulse").get_json() == {
        "waiting": 1,
        "contacted": 0,
        "questions": 0,
    }


def test_today_says_nothing_when_nothing_is_kept_aside(desk: Stage) -> None:
    desk.receive()

    assert "quarantine" not in desk.get("/desk/").text


def test_the_list_shows_what_one_needs_to_decide(desk: Stage) -> None:
    desk.receive(patient_name="Odd One", note="Buy at https://x.example", **SUSPICIOUS)

    page = desk.get("/desk/quarantine").text

    assert names(page) == ["Odd"]
    assert "Buy at https://x.example" in page
    assert "Alder Family Medicine" in page
    assert "A field that people cannot see was filled in." in page
    assert "The note has several web addresses." in page
    assert "no_such_hint" not in page
    assert "tel:" not in page
    assert 'href="https://x.example' not in page


def test_looking_at_the_list_stops_no_clock_and_is_noted(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)
    desk.get("/desk/quarantine")

    assert desk.ledger.referrals.get(referral.id).state is ReferralState.WAITING
    assert "quarantine.opened" in desk.actions()


def test_one_tap_makes_it_real_and_tells_everybody_now(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)

    answer = decide(desk, referral, "rescue")

    assert answer.status_code == 303
    assert answer.location == f"/desk/referrals/{referral.id}"
    after = desk.ledger.referrals.get(referral.id)
    assert after.flags == frozenset()
    assert after.promised_by == referral.promised_by
    (notice,) = desk.ledger.deliveries.of_referral(referral.id)
    assert (notice.kind.value, notice.due_at) == ("notice", desk.clock())
    assert "referral.rescued" in desk.actions(referral)
    assert "One person is waiting" in desk.get("/desk/").text


def test_a_second_tap_tells_nobody_again(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)
    decide(desk, referral, "rescue")
    token = hidden(desk.get("/desk/").text, "csrf_token")
    again = desk.post(f"/desk/quarantine/{referral.id}/rescue", {"csrf_token": token})

    assert again.status_code == 303
    assert len(desk.ledger.deliveries.of_referral(referral.id)) == 1


def test_what_is_no_referral_closes_as_spam(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)

    answer = decide(desk, referral, "spam")

    assert answer.location == "/desk/quarantine?done=1"
    assert desk.ledger.referrals.get(referral.id).outcome is Outcome.SPAM
    assert "Nothing is kept aside." in desk.get(answer.location).text
    assert desk.ledger.referrals.get(referral.id).envelope


def test_all_on_the_page_close_at_once_and_nothing_that_came_since(desk: Stage) -> None:
    shown = [desk.receive(**SUSPICIOUS) for _ in range(3)]
    page = desk.get("/desk/quarantine").text
    data = {name: hidden(page, name) for name in ("csrf_token", "ids")}
    later = desk.receive(patient_name="Came Later", **SUSPICIOUS)
    real = desk.receive(patient_name="Real One")
    desk.ledger.quarantine.rescue(shown[0].id, [], desk.founding.user_id)

    answer = desk.post("/desk/quarantine/spam", {**data, "ids": f"{data['ids']} {real.id} x/../y"})

    assert answer.location == "/desk/quarantine?done=2"
    assert names(desk.get("/desk/quarantine").text) == ["Came"]
    for one in (shown[0], later, real):
        assert desk.ledger.referrals.get(one.id).closed_at is None


def test_spam_takes_no_real_referral_with_it(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)
    page = desk.get("/desk/quarantine").text
    desk.ledger.quarantine.rescue(referral.id, [], desk.founding.user_id)
    token = hidden(page, "csrf_token")

    answer = desk.post(f"/desk/quarantine/{referral.id}/spam", {"csrf_token": token})

    assert answer.location == f"/desk/referrals/{referral.id}"
    assert desk.ledger.referrals.get(referral.id).closed_at is None


def test_the_referrals_own_page_asks_as_well(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)
    page = desk.get(f"/desk/referrals/{referral.id}").text

    assert f"/desk/quarantine/{referral.id}/rescue" in page
    assert "A field that people cannot see was filled in." in page
    decide(desk, referral, "rescue")
    assert "/rescue" not in desk.get(f"/desk/referrals/{referral.id}").text


def test_a_try_to_call_says_that_it_is_real(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)

    desk.tap(referral, "no-answer")

    after = desk.ledger.referrals.get(referral.id)
    assert after.flags == frozenset()
    assert after.first_contact_at == desk.clock()


def test_other_inboxes_are_neither_seen_nor_decided(desk: Stage, other_inbox: str) -> None:
    theirs = desk.receive(inbox_id=other_inbox, **SUSPICIOUS)

    assert names(desk.get("/desk/quarantine").text) == []
    token = hidden(desk.get("/desk/").text, "csrf_token")
    for what in ("rescue", "spam"):
        answer = desk.post(f"/desk/quarantine/{theirs.id}/{what}", {"csrf_token": token})
        assert answer.status_code == 404
    desk.post("/desk/quarantine/spam", {"csrf_token": token, "ids": theirs.id})
    assert desk.ledger.referrals.get(theirs.id).closed_at is None


def test_nothing_is_decided_by_a_strangers_page(desk: Stage) -> None:
    referral = desk.receive(**SUSPICIOUS)
    path = f"/desk/quarantine/{referral.id}/rescue"

    assert desk.post(path, {}, origin="https://evil.example").status_code == 403
    assert desk.post(path, {}).status_code == 403
    assert "quarantine" in desk.ledger.referrals.get(referral.id).flags


def test_what_does_not_open_can_still_be_rescued(desk: Stage) -> None:
    referral = desk.receive_plain(
        b"no JSON",
        promised_in=timedelta(hours=1),
        flags="quarantine",
        inbox_id=desk.founding.inbox_id,
    )
    assert "Cannot be opened" in desk.get("/desk/quarantine").text

    decide(desk, referral, "rescue")

    assert len(desk.ledger.deliveries.of_referral(referral.id)) == 1


def test_a_rescue_sends_the_receipt_that_was_held_back(desk: Stage) -> None:
    asked: list[tuple[str, str, str]] = []

    def write(referral: Referral, address: str, language: str) -> Rationed:
        asked.append((referral.id, address, language))
        row = a_delivery(
            kind=DeliveryKind.ACKNOWLEDGEMENT, address=address, referral_id=referral.id
        )
        return Rationed(row, b"r" * 32, 3, desk.clock() + timedelta(days=2))

    place_acknowledging(desk.app, Acknowledging(write, lambda *_: None))
    office = desk.receive(referrer_email="ana@alder.example", page_language="es", **SUSPICIOUS)
    by_patient = desk.receive(kind="self", referrer_email="x@alder.example", **SUSPICIOUS)
    for one in (office, office, by_patient):
        decide(desk, one, "rescue")

    assert asked == [(office.id, "ana@alder.example", "es")]
    assert "page_language" not in desk.get(f"/desk/referrals/{office.id}").text
    sent = desk.ledger.deliveries.of_referral(office.id)
    assert [one.address for one in sent if one.kind is DeliveryKind.ACKNOWLEDGEMENT] == [
        "ana@alder.example"
    ]
