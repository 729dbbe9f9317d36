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


def test_this_machine_and_an_unnamed_proxy_are_not_counted() -> None:
    guard = watch(Clock(), ceiling=1)

    for address in ("127.0.0.1", "172.17.0.1", "::1", None):
        assert [guard.admit(Visit(address)) for _ in range(5)] == [None] * 5


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
