from __future__ import annotations

from pathlib import Path

import pytest

from form_server.safekeeping import BackedUp, back_up
from form_server.settings import Settings
from tests.form_server.office.conftest import blueprint, build, house
from tests.form_server.office.house import ENOUGH, House, settings_in
from tests.form_server.safekeeping.moving import SAYS_MUCH, now

__all__ = ["blueprint", "build", "house"]


@pytest.fixture
def backup(house: House, tmp_path: Path) -> BackedUp:
    """Two referrals and their notices, nothing delivered yet."""
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    second = {**ENOUGH, "patient_name": "Second One"}
    assert house.client.post("/referrals", data=second).status_code == 303
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return back_up(house.settings, folder, now)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "new")
