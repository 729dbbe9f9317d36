from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from form_server.delivery import Concern
from form_server.delivery.backoff import queue_wait_s, wait_s

CONCERNS = st.sampled_from(Concern)
CHANCES = st.floats(0, 1, exclude_max=True)
FAILURES = st.integers(1, 10_000)


def test_first_retries_follow_within_seconds() -> None:
    assert [wait_s(Concern.MESSAGE, failures, 0.5) for failures in (1, 2, 3)] == [1, 2, 5]
    assert sum(wait_s(Concern.MESSAGE, failures, 1 - 1e-9) for failures in range(1, 5)) < 30


def test_way_out_that_opens_again_is_found_within_a_quarter_of_a_minute() -> None:
    assert max(wait_s(Concern.CHANNEL, failures, 1 - 1e-9) for failures in range(1, 100)) <= 15


def test_failed_sign_in_is_not_repeated_at_once() -> None:
    assert wait_s(Concern.SETTINGS, 1, 0.0) >= 4
    assert wait_s(Concern.SETTINGS, 9, 0.5) == 300


@given(CONCERNS, FAILURES, CHANCES)
def test_no_wait_is_longer_than_a_quarter_of_an_hour(
    concern: Concern, failures: int, chance: float
) -> None:
    assert 0 < wait_s(concern, failures, chance) <= 900


@given(CONCERNS, FAILURES, CHANCES)
def test_waits_do_not_shrink(concern: Concern, failures: int, chance: float) -> None:
    assert wait_s(concern, failures, chance) <= wait_s(concern, failures + 1, chance)


@given(CONCERNS, st.integers(1, 4))
def test_rows_that_failed_together_do_not_come_back_together(
    concern: Concern, failures: int
) -> None:
    early, late = wait_s(concern, failures, 0.0), wait_s(concern, failures, 1 - 1e-9)
    assert late > early * 1.2


@given(FAILURES, CHANCES)
def test_rows_behind_a_blocked_way_stay_near_the_front(failures: int, chance: float) -> None:
    assert queue_wait_s(failures, chance) <= 15
