from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.form_server.office.house import Blueprint, House, build_house, draw_blueprint


@pytest.fixture(scope="session")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return draw_blueprint(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def build(blueprint: Blueprint, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Builds a house with settings of the test's own."""
    built: list[House] = []

    def build_one(**changes: Any) -> House:
        house = build_house(blueprint, tmp_path / f"var{len(built)}", **changes)
        built.append(house)
        return house

    yield build_one
    for house in built:
        house.services.close()


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()
