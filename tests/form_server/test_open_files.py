from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.open_files import places_for, places_within

resource = pytest.importorskip("resource")


@pytest.mark.parametrize(
    ("files", "places"), [(64, 16), (256, 64), (400, 200), (700, 500), (20_000, 500)]
)
def test_connections_leave_the_ledger_its_files(files: int, places: int) -> None:
    assert places_within(files, 500) == places


@pytest.fixture
def hard() -> Iterator[int]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_narrow_limit_is_raised_as_far_as_the_system_lets_us(hard: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    most = 2_048 if hard == resource.RLIM_INFINITY else min(2_048, hard)

    assert places_for(500) == places_within(most, 500)

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, hard)


def test_wide_limit_is_left_alone(hard: int) -> None:
    if hard != resource.RLIM_INFINITY and hard < 3_000:
        pytest.skip("this machine has no wide limit to set")
    resource.setrlimit(resource.RLIMIT_NOFILE, (3_000, hard))

    assert places_for(500) == 500

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (3_000, hard)
