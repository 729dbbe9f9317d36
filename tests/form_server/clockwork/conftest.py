from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from form_server.settings import ClockSettings, Often
from tests.form_server.clockwork.stage import Stage, make_stage, pacific
from tests.form_server.office.house import Blueprint, draw_blueprint

QUIET = ClockSettings(digest=Often.OFF, drill=False)
MONDAY_9 = pacific(2026, 10, 19, 9)


@pytest.fixture(scope="session")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return draw_blueprint(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def build(blueprint: Blueprint, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """A stage on a Monday at nine with nothing but reminders, unless the test says otherwise."""
    built: list[Stage] = []

    def build_one(**changes: Any) -> Stage:
        starts_at = changes.pop("starts_at", MONDAY_9)
        var = tmp_path / f"var{len(built)}"
        built.append(
            make_stage(blueprint, var, starts_at=starts_at, **({"clock": QUIET} | changes))
        )
        return built[-1]

    yield build_one
    for stage in built:
        stage.house.services.close()


@pytest.fixture
def stage(build: Callable[..., Stage]) -> Stage:
    return build()
