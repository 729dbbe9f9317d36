from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from form_server import heartbeat
from form_server.heartbeat import EVERY_S, Heartbeat, ping
from form_server.ledger import Channel
from form_server.watch_settings import WatchSettings
from tests.form_server.delivery.hooks import HookServer, say
from tests.form_server.delivery.things import a_delivery
from tests.form_server.office.house import Blueprint, House, build_house, draw_blueprint


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return draw_blueprint(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with HookServer() as server:
        yield server


@pytest.fixture
def house(blueprint: Blueprint, tmp_path: Path, hook: HookServer) -> Iterator[House]:
    house = build_house(blueprint, tmp_path / "house")
    watch = WatchSettings(ping_url=hook.url("/beat/1f2e"))
    house.services.settings = replace(house.services.settings, watch=watch)
    yield house
    house.services.close()


class Seconds:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def beat(heartbeat: Heartbeat) -> None:
    """One turn of the chore, and the end of what it began."""
    heartbeat()
    if heartbeat._thread is not None:
        heartbeat._thread.join(10)


def test_a_sign_of_life_is_given_once_a_minute(house: House, hook: HookServer) -> None:
    seconds = Seconds()
    chore = Heartbeat(house.services, monotonic=seconds)

    beat(chore)
    beat(chore)
    assert len(hook.requests) == 1
    assert hook.requests[0].line == "POST /beat/1f2e HTTP/1.1"
    assert not hook.requests[0].body

    seconds.now_s += EVERY_S
    beat(chore)
    assert len(hook.requests) == 2


def test_none_is_given_while_a_delivery_is_late(house: House, hook: HookServer) -> None:
    services = house.services
    services.ledger.queue.add([a_delivery(due_at=services.clock() - timedelta(minutes=6))])

    beat(Heartbeat(services))

    assert not hook.requests


def test_a_newsletter_that_takes_its_time_is_no_trouble(house: House, hook: HookServer) -> None:
    services = house.services
    due_at = services.clock() - timedelta(hours=6)
    services.ledger.queue.add([a_delivery(due_at=due_at, channel=Channel.BULK)])

    beat(Heartbeat(services))

    assert len(hook.requests) == 1


def test_none_is_given_while_nothing_can_be_stored(house: House, hook: HookServer) -> None:
    house.services.ledger.close()
    (house.services.settings.var / "handoff.db").unlink()
    (house.services.settings.var / "handoff.db").mkdir()

    beat(Heartbeat(house.services))

    assert not hook.requests


def test_without_an_address_nobody_is_called(
    house: House, hook: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.services.settings = replace(house.services.settings, watch=WatchSettings())
    monkeypatch.setattr(heartbeat, "ping", lambda _: pytest.fail("somebody was called"))

    beat(Heartbeat(house.services))

    assert not hook.requests


def test_a_sign_that_nobody_hears_is_no_failure(
    hook: HookServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert ping(hook.url("/beat"))

    hook.reply = say(500)
    assert not ping(hook.url("/secret"))
    assert not ping("http://127.0.0.1:9/secret")
    assert "refused with 500" in caplog.text
    assert "not heard" in caplog.text
    assert "secret" not in caplog.text
