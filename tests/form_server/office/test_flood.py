"""A ceiling so high that only machines reach it, and then the telephone number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from werkzeug.test import TestResponse

from form_server.office.page_stamp import PageStamp
from form_server.office.submission import Asks
from form_server.office.watch import Flood, Visit, Watch
from form_server.settings import FLOOD_CEILING
from tests.form_server.office.house import ENOUGH, Clock, House
from tests.form_server.office.submissions import ASKS

CLINIC = "203.0.113.7"


def send(house: House, number: int, address: str = CLINIC, **fields: str) -> TestResponse:
    return house.client.post(
        "/referrals",
        json={**ENOUGH, "patient_name": f"Patient {number}", "patient_agreed": True, **fields},
        environ_overrides={"REMOTE_ADDR": address},
    )


def watch(clock: Clock, ceiling: int = FLOOD_CEILING, asks: Asks = ASKS) -> Watch:
    stamp = PageStamp(b"k" * 32, clock)
    return Watch(stamp, clock, ceiling=ceiling, asks=asks, own_origins=frozenset())


def test_above_the_ceiling_429_with_the_phone_number_and_when_to_come_back(
    build: Callable[..., House],
) -> None:
    house = build(flood_ceiling=5)
    assert [send(house, number).status_code for number in range(5)] == [201] * 5

    refused = send(house, 6)

    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert refused.json is not None
    assert refused.json["status"] == 429
    assert refused.json["phone"] == "(360) 555-0142"
    assert "(360) 555-0142" in refused.json["detail"]
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert len(house.referrals()) == 5
    page = house.client.post("/referrals", data=ENOUGH, environ_overrides={"REMOTE_ADDR": CLINIC})
    assert page.status_code == 429
    assert "(360) 555-0142" in page.text
    assert page.headers["Retry-After"]


def test_neighbours_in_the_network_share_it_and_others_do_not(
    build: Callable[..., House],
) -> None:
    house = build(flood_ceiling=2)
    assert [send(house, n, f"203.0.113.{n}").status_code for n in range(3)] == [201, 201, 429]
    assert send(house, 9, "198.51.100.9").status_code == 201


def test_a_known_offices_code_has_a_ceiling_of_its_own(build: Callable[..., House]) -> None:
    house = build(flood_ceiling=1)
    house.ledger.sources.add("k7m2", "Lakeside Pediatrics", actor="test")
    house.ledger.sources.add("wall", "The library", public_poster=True, actor="test")
    send(house, 0)

    assert send(house, 1, source="wall").status_code == 429
    assert send(house, 1).status_code == 429
    known = [send(house, 2 + number, source="k7m2").status_code for number in range(10)]
    assert known == [201] * 9 + [429]


def test_there_is_room_again_after_a_while(build: Callable[..., House]) -> None:
    house = build(flood_ceiling=2)
    statuses = [send(house, number).status_code for number in range(3)]
    house.clock.pass_by(timedelta(minutes=20))

    assert statuses == [201, 201, 429]
    assert send(house, 4).status_code == 201


HERE = ("127.0.0.1", "172.17.0.1", "::1", None)


def test_this_machine_and_an_unnamed_proxy_have_a_ceiling_far_higher() -> None:
    guard = watch(Clock(), ceiling=4)
    let_in = 0
    while guard.admit(Visit(HERE[let_in % len(HERE)])) is None:
        let_in += 1
        assert let_in < 5000

    assert let_in == 4 * 250
    assert guard.admit(Visit(CLINIC)) is None


def aside(house: House) -> list[str]:
    inboxes = [one.id for one in house.ledger.inboxes.all()]
    kept = house.ledger.quarantine.kept(inboxes, limit=500)
    return [str(house.open(one)["patient_name"]) for one in kept]


def test_from_the_twenty_first_in_ten_minutes_a_network_is_told_of_in_a_batch(
    build: Callable[..., House],
) -> None:
    house = build()
    offices = [f"(360) 555-0{100 + number}" for number in range(60)]
    answers = [
        send(house, number, f"203.0.113.{number}", referrer_phone=offices[number]).status_code
        for number in range(60)
    ]
    send(house, 99, "198.51.100.9", referrer_phone=offices[0])

    assert answers == [201] * 60
    assert sorted(aside(house)) == sorted(f"Patient {number}" for number in range(20, 60))
    house.clock.pass_by(timedelta(minutes=20))
    send(house, 100, referrer_phone=offices[1])
    assert "Patient 100" not in aside(house)


def test_one_office_from_many_networks_is_a_flood_too(build: Callable[..., House]) -> None:
    house = build()
    for number in range(30):
        send(house, number, f"203.0.{number}.7")

    assert len(aside(house)) == 10


def test_a_known_offices_code_lets_five_times_as_many_through(
    build: Callable[..., House],
) -> None:
    house = build()
    house.ledger.sources.add("k7m2", "Lakeside Pediatrics", actor="test")
    for number in range(110):
        send(house, number, source="k7m2")

    assert sorted(aside(house)) == sorted(f"Patient {number}" for number in range(100, 110))


def test_thirty_people_of_one_clinic_who_type_without_a_pause_are_all_let_in() -> None:
    clock = Clock()
    guard = watch(clock)
    for _minute in range(30):
        assert [guard.admit(Visit(CLINIC)) for _ in range(30)] == [None] * 30
        clock.pass_by(timedelta(minutes=1))


def test_a_flood_gets_its_share_and_no_more() -> None:
    clock = Clock()
    guard = watch(clock)
    let_in = 0
    for _second in range(1800):
        let_in += sum(guard.admit(Visit(CLINIC)) is None for _ in range(3))
        clock.pass_by(timedelta(seconds=1))

    assert isinstance(guard.admit(Visit(CLINIC)), Flood)
    assert let_in <= FLOOD_CEILING * 4
