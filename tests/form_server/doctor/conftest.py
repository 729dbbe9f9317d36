from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.ledger import Ledger
from form_server.settings import Settings
from form_server.vault import ServerKey
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.web.shared_facts import shared_facts
from tests.form_server.doctor.examining import NOW
from tests.form_server.office.conftest import blueprint, build, house
from tests.form_server.office.house import Blueprint
from tests.house.server_process import free_port
from tests.smtp_faults import FaultySmtpServer

__all__ = ["blueprint", "build", "house"]


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as running:
        yield running


@pytest.fixture(scope="session")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.fixture
def var(blueprint: Blueprint, tmp_path: Path) -> Path:
    """A founded state that nobody serves."""
    copied = Path(shutil.copytree(blueprint.folder, tmp_path / "var"))
    copied.chmod(0o700)
    return copied


@pytest.fixture
def env(var: Path, tmp_path: Path, relay: FaultySmtpServer, practice: Practice) -> dict[str, str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    site = tmp_path / "site"
    site.mkdir()
    (site / "handoff.json").write_text(json.dumps(shared_facts(practice, url)))
    return {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(var),
        "HANDOFF_SITE": str(site),
        "HANDOFF_PORT": str(port),
        "HANDOFF_MAIL_SERVER": "127.0.0.1",
        "HANDOFF_MAIL_PORT": str(relay.port),
        "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
        "HANDOFF_KEY_FINGERPRINT": ServerKey.load(var / "server.key").fingerprint,
    }


@pytest.fixture
def settings(env: dict[str, str]) -> Settings:
    return Settings.from_env(env)


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings.database_url, clock=lambda: NOW) as opened:
        yield opened
