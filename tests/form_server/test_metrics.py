from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from form_server.app import furnish
from form_server.ledger import LedgerUnavailable
from form_server.services import Services
from form_server.watch_settings import WatchSettings
from tests.form_server.office.house import (
    ENOUGH,
    Blueprint,
    House,
    build_house,
    draw_blueprint,
)

TOKEN = "a token that was drawn for this"
READ = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return draw_blueprint(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def house(blueprint: Blueprint, tmp_path: Path) -> Iterator[House]:
    house = build_house(blueprint, tmp_path / "house")
    yield house
    house.services.close()


@pytest.fixture
def watched(house: House) -> FlaskClient:
    services = house.services
    watch = WatchSettings(metrics_token=TOKEN)
    services.settings = replace(services.settings, watch=watch)
    return furnish(services).test_client()


def read(client: FlaskClient) -> dict[str, float]:
    """Every sample, by its name and labels; the parser refuses what Prometheus would."""
    answer = client.get("/metrics", headers=READ)
    assert answer.status_code == 200
    return {
        "".join((sample.name, *(f" {k}={v}" for k, v in sorted(sample.labels.items())))): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_without_a_token_in_the_settings_nobody_finds_it(house: House) -> None:
    assert house.client.get("/metrics", headers=READ).status_code == 404


@pytest.mark.parametrize("said", [None, "Bearer", "Bearer another", f"Basic {TOKEN}", "Bearer é"])
def test_a_stranger_reads_nothing(watched: FlaskClient, said: str | None) -> None:
    answer = watched.get("/metrics", headers={"Authorization": said} if said else {})

    assert answer.status_code == 401
    assert not answer.data


def test_a_referral_is_counted_and_nothing_of_it_is_told(watched: FlaskClient) -> None:
    before = read(watched)
    assert watched.post("/referrals", json=ENOUGH).status_code == 201

    after = read(watched)

    assert after["handoff_referrals_waiting"] == before["handoff_referrals_waiting"] + 1
    assert after["handoff_referrals kind=office"] == 1
    assert after["handoff_ledger_up"] == 1
    assert after["handoff_disk_free_bytes"] > 0
    words = watched.get("/metrics", headers=READ).text
    assert not any(str(value) in words for value in ENOUGH.values() if len(str(value)) > 5)


def test_a_ledger_that_cannot_be_read_is_a_figure_too(
    watched: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LedgerUnavailable("the test", "no disk")

    monkeypatch.setattr(house.services.ledger.upkeep, "gauges", fail)

    found = read(watched)

    assert found["handoff_ledger_up"] == 0
    assert "handoff_referrals_waiting" not in found


def test_a_process_that_delivers_says_whether_it_does(house: House) -> None:
    services: Services = house.services
    services.settings = replace(services.settings, watch=WatchSettings(metrics_token=TOKEN))
    services.worker_alive = lambda: False

    assert read(furnish(services).test_client())["handoff_worker_up"] == 0
