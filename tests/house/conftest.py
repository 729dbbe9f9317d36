"""A founded installation and the SMTP server that it talks to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.server_process import ServerProcess
from tests.smtp_faults import FaultySmtpServer


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as server:
        yield server


@pytest.fixture
def server(tmp_path: Path, relay: FaultySmtpServer) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path, relay.port)
    process.init()
    yield process
    process.kill()
