from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros


@given(st.datetimes(timezones=st.just(UTC)))
def test_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_moment_in_another_zone_is_the_same_instant() -> None:
    local = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert to_micros(local) == to_micros(datetime(2026, 3, 2, 17, 0, tzinfo=UTC))


def test_naive_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        to_micros(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001


def test_absent_moment_stays_absent() -> None:
    assert to_micros(None) is None
    assert from_micros(None) is None


def test_ids_sort_by_time_and_differ() -> None:
    at = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    later = new_id(at + timedelta(milliseconds=1))
    drawn = {new_id(at) for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(one) == 26 and one < later for one in drawn)
