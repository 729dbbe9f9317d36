"""What the builds of these tests share."""

from __future__ import annotations

import pytest

from tests.outreach_kit.publish.drawn import Drawn


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(tmp_path_factory.mktemp("drawn"))
