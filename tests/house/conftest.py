"""A founded installation and the SMTP server that it talks to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.server_process import ServerProcess
from tests.smtp_faults import FaultySmtpServer


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as server:
        yield server


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> ServerProcess:
    """One that `init` made, to be taken over and never started; what a first start works out is there."""
    original = ServerProcess(tmp_path_factory.mktemp("installation"), smtp_port=9)
    original.init()
    trial = ServerProcess(tmp_path_factory.mktemp("trial"), smtp_port=9)
    trial.take_over(original)
    try:
        trial.start()
    finally:
        trial.kill()
    shutil.copytree(trial.var / "cache", original.var / "cache")
    return original


@pytest.fixture
def server(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path, relay.port)
    process.take_over(installation)
    yield process
    process.kill()
