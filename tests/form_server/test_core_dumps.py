from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.state import open_state
from tests.form_server.office.house import draw_blueprint, settings_in

resource = pytest.importorskip("resource")


@pytest.fixture
def hard() -> Iterator[int]:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    yield before[1]
    resource.setrlimit(resource.RLIMIT_CORE, before)


def test_no_image_of_open_keys_is_left_by_a_crash(hard: int, tmp_path: Path) -> None:
    if hard == 0:
        pytest.skip("this machine writes none in any case")
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    draw_blueprint(tmp_path / "var")

    open_state(settings_in(tmp_path / "var")).close()

    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)
