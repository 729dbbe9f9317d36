"""The office's door while the state's disk is nearly full."""

from __future__ import annotations

from collections.abc import Callable

from tests.form_server.office.house import ENOUGH, House

A_DISK_THAT_NOBODY_HAS_MB = 900_000_000


def test_nearly_full_disk_closes_the_door_with_the_phone_number(
    build: Callable[..., House],
) -> None:
    house = build(disk_floor_mb=A_DISK_THAT_NOBODY_HAS_MB)
    phone = house.services.practice.contact.phone.display

    page = house.client.post("/referrals", data=ENOUGH)
    data = house.client.post("/referrals", json={**ENOUGH, "reasons": ["panic"]})

    assert (page.status_code, data.status_code) == (503, 503)
    assert phone in page.get_data(as_text=True)
    assert data.get_json()["phone"] == phone
    assert page.headers["Retry-After"]
    assert house.referrals() == []


def test_readiness_says_so_and_health_does_not_mind(build: Callable[..., House]) -> None:
    house = build(disk_floor_mb=A_DISK_THAT_NOBODY_HAS_MB)
    answer = house.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["disk"] == "nearly full"
    assert house.client.get("/healthz").status_code == 200


def test_with_room_the_door_is_open(house: House) -> None:
    assert house.client.post("/referrals", data=ENOUGH).status_code == 303
    assert house.client.get("/readyz").get_json()["checks"]["disk"] == "ok"
