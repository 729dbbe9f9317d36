"""What looks automatic is answered, sealed and clocked like all, and told of in batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from werkzeug.test import TestResponse

from form_server.desk.referral.suspicions import say_suspicions
from form_server.housekeeping import make_clockwork
from form_server.ledger import Channel, Claimed, DeliveryKind, Outcome, Referral, SourceKind
from form_server.office.page_stamp import STAMP_FIELD
from form_server.parcels import QuarantineParcel, parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House

ALARMS = (DeliveryKind.REMINDER, DeliveryKind.ESCALATION)
SPAM = {
    **ENOUGH,
    "website": "https://cheap-pills.example",
    "note": "Buy now at https://cheap-pills.example and https://more.example",
}


def send(house: House, fields: dict[str, str] = SPAM, **more: Any) -> TestResponse:
    return house.client.post("/referrals", data=fields, **more)


def only(house: House) -> Referral:
    (referral,) = house.referrals()
    return referral


def let_pass(house: House, time: timedelta) -> list[Claimed]:
    """Lets time pass in steps, with the clock at work; what is to go out at its end."""
    work = make_clockwork(house.services, chance=lambda: 0.5)
    end = house.clock() + time
    while house.clock() < end:
        house.clock.pass_by(min(timedelta(minutes=5), end - house.clock()))
        work()
    return outgoing(house)


def outgoing(house: House) -> list[Claimed]:
    claimed = house.ledger.queue.claim("test", house.clock(), 50)
    return [one for one in claimed if one.channel is not Channel.NONE]


def kinds(rows: list[Claimed]) -> list[DeliveryKind]:
    return [one.kind for one in rows if one.kind is not DeliveryKind.DIGEST]


def parcel_of(house: House, row: Claimed) -> QuarantineParcel:
    opened = house.services.server_key.open(row.parcel, "parcel", row.id)
    parcel = parcel_from_bytes(opened)
    assert isinstance(parcel, QuarantineParcel)
    return parcel


def test_the_office_gets_the_very_same_answer(house: House) -> None:
    good = send(house, {**ENOUGH, "patient_name": "Another Person"})
    spam = send(house)

    assert spam.status_code == good.status_code == 303
    assert spam.location.startswith("/status/")
    page = house.client.get(spam.location).text
    assert "aside" not in page
    assert "automatic" not in page
    assert set(spam.headers.keys()) == set(good.headers.keys())


def test_a_program_gets_the_very_same_answer(house: House) -> None:
    answers = [
        house.client.post("/referrals", json={**fields, "patient_agreed": True})
        for fields in (SPAM, {**ENOUGH, "patient_name": "Another Person"})
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json is not None
    assert answers[1].json is not None
    assert set(answers[0].json) == set(answers[1].json)


def test_it_is_sealed_with_why_and_flagged_and_nobody_is_told_at_once(house: House) -> None:
    send(house, {**SPAM, "referrer_email": "ana@affm.example"})

    referral = only(house)
    assert "quarantine" in referral.flags
    said = house.open(referral)
    assert said["patient_name"] == "Jordan Quill"
    assert said["suspicions"] == ["bait_taken", "links"]
    assert outgoing(house) == []


def test_a_good_one_says_nothing_of_suspicion(house: House) -> None:
    send(house, {**ENOUGH, "note": "See https://portal.example"})

    assert "quarantine" not in only(house).flags
    assert "suspicions" not in house.only_words()
    assert kinds(outgoing(house)) == [DeliveryKind.NOTICE]


def test_it_keeps_the_promise_of_any_other(house: House) -> None:
    send(house)
    send(house, {**ENOUGH, "patient_name": "Another Person"})

    first, second = house.referrals()
    assert first.promised_by == second.promised_by
    assert first.first_contact_at is None


def test_a_batch_is_announced_within_the_hour_and_before_its_first_reminder(house: House) -> None:
    send(house)
    assert kinds(let_pass(house, timedelta(minutes=30))) == []
    send(house, {**SPAM, "patient_name": "Somebody Else"})

    rows = let_pass(house, timedelta(minutes=31))

    assert kinds(rows) == [DeliveryKind.QUARANTINE]
    parcel = parcel_of(house, rows[0])
    assert (parcel.count, parcel.new) == (2, 2)
    assert parcel.desk_url == "https://refer.harborstreet.example/desk/quarantine"
    assert kinds(let_pass(house, timedelta(minutes=20))) == []  # no second announcement


def test_the_clock_goes_on_to_remind_and_escalate(house: House) -> None:
    send(house)
    promised_by = only(house).promised_by

    rows = let_pass(house, promised_by - house.clock() + timedelta(minutes=5))

    found = kinds(rows)
    assert found[0] is DeliveryKind.QUARANTINE
    assert DeliveryKind.REMINDER in found
    assert DeliveryKind.ESCALATION in found


def test_a_flood_is_reminded_of_and_escalated_in_batches(house: House) -> None:
    for number in range(30):
        send(house, {**SPAM, "patient_name": f"Somebody {number}"})
        house.clock.pass_by(timedelta(seconds=20))
    promised_by = max(one.promised_by for one in house.referrals())

    rows = let_pass(house, promised_by - house.clock() + timedelta(minutes=5))

    told = [(one.kind, parcel_of(house, one)) for one in rows if one.kind in ALARMS]
    assert [(kind.value, said.rung, said.count) for kind, said in told] == [
        ("reminder", "remind", 30),
        ("escalation", "person", 30),
        ("escalation", "broken", 30),
    ]
    by_rung = {said.rung: one for one, (_, said) in zip(
        [row for row in rows if row.kind in ALARMS], told, strict=True
    )}  # fmt: skip
    first = min(one.promised_by for one in house.referrals())
    assert by_rung["remind"].created_at < first
    assert by_rung["person"].created_at < first
    assert by_rung["broken"].created_at - first < timedelta(minutes=10)
    assert all(said.promised_by == first for _, said in told)


def test_what_reaches_a_rung_after_the_batch_is_in_the_next_one(house: House) -> None:
    send(house)
    before = let_pass(house, timedelta(hours=2, minutes=10))
    send(house, {**SPAM, "patient_name": "Somebody Late"})
    after = let_pass(house, timedelta(hours=2, minutes=15))

    told = [
        [parcel_of(house, one) for one in rows if one.kind in ALARMS] for rows in (before, after)
    ]
    assert [(one.rung, one.count) for one in told[0]] == [("remind", 1)]
    assert [(one.rung, one.count) for one in told[1]] == [
        ("person", 2),
        ("broken", 2),
        ("remind", 2),
    ]
    assert [one.is_over for one in (*told[0], *told[1])] == [False, False, True, True]


def test_what_was_decided_is_reminded_of_no_more(house: House) -> None:
    send(house)
    user = house.ledger.people.users()[0].id
    house.ledger.steps.close(only(house).id, Outcome.SPAM, user)

    assert [one for one in let_pass(house, timedelta(hours=6)) if one.kind in ALARMS] == []


def test_a_flood_is_announced_at_most_hourly(house: House) -> None:
    announced: list[datetime] = []
    work = make_clockwork(house.services, chance=lambda: 0.5)
    for number in range(36):
        send(house, {**SPAM, "patient_name": f"Somebody {number}"})
        house.clock.pass_by(timedelta(minutes=5))
        work()
        announced += [
            one.created_at for one in outgoing(house) if one.kind is DeliveryKind.QUARANTINE
        ]

    assert len(announced) in {2, 3}
    gaps = [later - sooner for sooner, later in pairwise(announced)]
    assert min(gaps) >= timedelta(hours=1)


def test_the_announcement_says_nothing_of_anybody(house: House) -> None:
    send(house)
    (row,) = [
        one for one in let_pass(house, timedelta(minutes=61)) if one.kind is DeliveryKind.QUARANTINE
    ]

    opened = house.services.server_key.open(row.parcel, "parcel", row.id)
    for word in (b"Jordan", b"Ruiz", b"Alder", b"pills", b"0199"):
        assert word not in opened


@pytest.mark.parametrize(
    "filled_in",
    ["https://www.affm.example/", "Alder Falls Family Medicine", "(360) 555-0177", "Ana Ruiz"],
)
def test_a_browser_that_fills_in_the_hidden_field_loses_nothing(
    house: House, filled_in: str
) -> None:
    answer = send(house, {**ENOUGH, "referrer_email": "ana@affm.example", "website": filled_in})

    assert answer.status_code == 303
    assert "quarantine" not in only(house).flags
    assert DeliveryKind.NOTICE in kinds(outgoing(house))


def test_a_known_offices_code_counts_and_a_posters_does_not(house: House) -> None:
    sources = house.ledger.sources
    sources.add("k7m2", "Lakeside Pediatrics", actor="test")
    sources.add("wall", "The library", public_poster=True, actor="test")
    sources.add("list", "A directory", SourceKind.DIRECTORY, actor="test")
    bait = {**ENOUGH, "website": "https://cheap-pills.example"}

    aside = {}
    for code in ("k7m2", "wall", "list", "none"):
        send(house, {**bait, "source": code, "patient_name": f"Patient {code}"})
    for referral in house.referrals():
        aside[house.open(referral)["source"]] = "quarantine" in referral.flags

    assert aside == {"k7m2": False, "wall": True, "list": True, "none": True}


def test_a_strange_origin_scores_and_the_practices_own_does_not(house: House) -> None:
    links = {**ENOUGH, "note": "https://a.example https://b.example"}
    for number, origin in enumerate(
        ["https://refer.harborstreet.example", "https://evil.example", "https://[broken"]
    ):
        send(house, {**links, "patient_name": f"P {number}"}, headers={"Origin": origin})
    send(house, {**links, "patient_name": "P 3"}, headers={"Referer": "https://evil.example/x"})
    send(house, {**links, "patient_name": "P 4"})

    aside = {
        house.open(one)["patient_name"] for one in house.referrals() if "quarantine" in one.flags
    }
    assert aside == {"P 1", "P 2", "P 3"}


def stamp_in(page: str) -> str:
    before, _, rest = page.partition(f'name="{STAMP_FIELD}" value="')
    assert rest, before[-200:]
    return rest.partition('"')[0]


def test_the_page_carries_its_stamp_and_a_page_shown_again_keeps_it(house: House) -> None:
    stamp = stamp_in(house.client.get("/refer/").text)
    house.clock.pass_by(timedelta(seconds=90))
    again = send(house, {**ENOUGH, "patient_name": "", STAMP_FIELD: stamp})

    assert again.status_code == 422
    assert stamp_in(again.text) == stamp
    forged = send(house, {**ENOUGH, "patient_name": "", STAMP_FIELD: "1.AAAA"})
    assert stamp_in(forged.text) not in {stamp, "1.AAAA"}


@pytest.mark.parametrize(("took_s", "is_aside"), [(0.4, True), (30, False)])
def test_a_form_that_comes_back_at_once_scores(house: House, took_s: float, is_aside: bool) -> None:
    stamp = stamp_in(house.client.get("/refer/").text)
    house.clock.pass_by(timedelta(seconds=took_s))
    send(house, {**ENOUGH, "note": "<b>https://a.example</b>", STAMP_FIELD: stamp})

    assert ("quarantine" in only(house).flags) is is_aside


def test_what_is_kept_aside_takes_no_acknowledgement(build: Callable[..., House]) -> None:
    house = build()
    send(house, {**ENOUGH, "referrer_email": "ana@affm.example"})
    assert DeliveryKind.ACKNOWLEDGEMENT in kinds(outgoing(house))

    send(house, {**SPAM, "referrer_email": "bea@affm.example"})
    assert DeliveryKind.ACKNOWLEDGEMENT not in kinds(outgoing(house))


def test_many_from_this_machine_are_never_kept_aside_for_their_number(house: House) -> None:
    note = "The same long note about palpitations, every single time it is sent."
    for number in range(60):
        send(house, {**ENOUGH, "patient_name": f"Patient {number}", "note": note})

    assert not any("quarantine" in one.flags for one in house.referrals())


def test_one_note_from_many_networks_goes_round(house: House) -> None:
    note = "We offer the very best office furniture at prices you will not believe."
    for number in range(8):
        send(
            house,
            {**ENOUGH, "patient_name": f"Patient {number}", "note": note},
            environ_overrides={"REMOTE_ADDR": f"203.0.{number}.9"},
            headers={"Origin": "https://elsewhere.example"},
        )

    aside = [
        house.open(one)["patient_name"] for one in house.referrals() if "quarantine" in one.flags
    ]
    assert "Patient 7" in aside
    assert "Patient 0" not in aside


def test_one_note_from_everywhere_rings_no_phone_for_each(house: House) -> None:
    note = "You have been chosen to win a prize, call the number that we sent you."
    for number in range(30):
        send(
            house,
            {**ENOUGH, "patient_name": f"Patient {number}", "note": note,
             "referrer_phone": f"(360) 555-01{number + 10}"},
            environ_overrides={"REMOTE_ADDR": f"203.0.{number}.9"},
        )  # fmt: skip

    aside = ["quarantine" in one.flags for one in house.referrals()]
    assert (len(aside), sum(aside)) == (30, 11)
    assert "The same note came from many networks within an hour." in say_suspicions(
        one for referral in house.referrals() for one in house.open(referral).get("suspicions", ())
    )
