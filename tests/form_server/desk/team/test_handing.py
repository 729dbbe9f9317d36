"""A referral changes inboxes: sealed anew, its history with it, told without the patient, and back."""

from __future__ import annotations

from typing import Any

from form_server.delivery.letters import letter_about
from form_server.ledger import ReferralState
from form_server.parcels import parcel_from_bytes
from tests.form_server.desk.group import Group


def test_it_is_handed_over_with_its_history_and_told_without_the_patient(group: Group) -> None:
    stage = group.stage
    one = stage.receive(patient_name="Maria Delgado")
    stage.client = group.nora.client
    stage.tap(one, "voicemail")
    answer = group.step(one, group.nora, "hand-over", inbox=group.anas)
    assert answer.location.endswith("/desk/team?done=handed")

    assert stage.get(f"/desk/referrals/{one.id}", group.nora.client).status_code == 404
    page = group.page(one, group.ana)
    assert "Maria Delgado" in page
    assert "Call, left a voicemail" in page
    assert "Handed from" in page
    assert "by <bdi>Nora Ellison</bdi>" in page
    (told,) = stage.ledger.deliveries.of_referral(one.id)
    assert told.address == "ana@tworivers.example"
    assert "referral.moved" in stage.actions(one)


def test_the_notice_names_who_handed_it_and_nothing_of_the_patient(group: Group) -> None:
    stage = group.stage
    one = stage.receive(patient_name="Maria Delgado")
    group.step(one, group.nora, "hand-over", inbox=group.anas)
    (claimed,) = stage.ledger.queue.claim("test", stage.clock(), 5)
    sealed = stage.desk.server_key.open(claimed.parcel, "parcel", claimed.id)
    letter = repr(letter_about(parcel_from_bytes(sealed), whole=False))
    assert "Nora Ellison gave you a referral" in letter
    for word in ("Delgado", "Panic", "Alder Family", "0188", "0177"):
        assert word not in letter


def test_where_nobody_has_seen_it_the_alarm_goes_on(group: Group) -> None:
    stage = group.stage
    one = stage.receive()
    group.page(one, group.nora)
    assert stage.ledger.referrals.get(one.id).state is ReferralState.ACKNOWLEDGED
    group.step(one, group.nora, "hand-over", inbox=group.anas)
    assert stage.ledger.referrals.get(one.id).state is ReferralState.WAITING


def test_it_is_given_back_to_where_it_came_from(group: Group) -> None:
    one = group.stage.receive()
    assert "Give it back" not in group.page(one, group.nora)
    group.step(one, group.nora, "hand-over", inbox=group.anas)
    assert "Give it back to" in group.page(one, group.ana)
    group.stage.clock.advance(seconds=20)  # what comes later is told by the time alone
    group.step(one, group.ana, "give-back")
    assert "Maria Delgado" in group.page(one, group.nora)
    way = [
        (step.from_inbox_id, step.to_inbox_id) for step in group.stage.ledger.handovers.of(one.id)
    ]
    assert way == [(group.front, group.anas), (group.anas, group.front)]


def test_an_inbox_that_is_none_is_refused_and_nothing_moves(group: Group) -> None:
    one = group.stage.receive()
    for wanted in ("", "nowhere", group.front):
        answer = group.step(one, group.nora, "hand-over", inbox=wanted)
        assert answer.status_code == 422
    assert group.step(one, group.nora, "give-back").status_code == 422
    assert group.stage.ledger.handovers.of(one.id) == []


def test_who_fits_and_has_room_is_suggested_with_one_tap_to_hand_it_over(group: Group) -> None:
    fits: dict[str, Any] = {"reasons": ["postpartum"], "reason_labels": ["Low mood around a birth"]}
    one = group.stage.receive(**fits, language="Spanish", plan="Regence", age_band="adult")
    page = group.page(one, group.nora)
    assert "Who of you has room" in page
    assert "Hand it to <bdi>Ana Lucía Ruiz-Montenegro</bdi>" in page
    assert "2 openings, the first Mon, Nov" in page.replace("&nbsp;", " ")
    assert "Margarethe" not in page[page.index("Who of you has room") : page.index("Waitlist")]
    group.stage.clock.advance(days=20)  # past the folder's count
    stale = group.stage.get(f"/desk/referrals/{one.id}", group.stage.let_in()).text
    assert "Nobody of you who fits has an opening on the board" in stale
