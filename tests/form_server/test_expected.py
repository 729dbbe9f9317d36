from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from form_server.app import create_app, services_of
from form_server.expected import OtherState, StateMissing, require_expected_state
from form_server.settings import Settings
from form_server.vault import ServerKey
from tests.form_server.office.house import draw_blueprint, settings_in


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("founded")
    draw_blueprint(folder)
    return settings_in(folder)


def expecting(settings: Settings, fingerprint: str) -> Settings:
    return dataclasses.replace(settings, key_fingerprint=fingerprint.replace("-", ""))


def test_the_expected_state_starts(founded: Settings) -> None:
    fingerprint = ServerKey.load(founded.key_file).fingerprint
    services_of(create_app(expecting(founded, fingerprint))).close()


def test_another_key_than_the_expected_one_refuses_to_start(founded: Settings) -> None:
    with pytest.raises(OtherState, match="expects another"):
        create_app(expecting(founded, "0" * 16))


def test_empty_state_where_a_key_is_expected_refuses_and_stays_empty(tmp_path: Path) -> None:
    var = tmp_path / "unmounted"
    with pytest.raises(StateMissing, match="Mount the disk"):
        create_app(expecting(settings_in(var), "0" * 16))
    assert not var.exists()


def test_key_without_its_ledger_refuses_too(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "half")
    fingerprint = ServerKey.load_or_create(settings.key_file).fingerprint
    with pytest.raises(StateMissing, match=r"handoff\.db"):
        require_expected_state(expecting(settings, fingerprint))


def test_without_an_expectation_anything_goes(tmp_path: Path) -> None:
    require_expected_state(settings_in(tmp_path / "new"))
