"""Deliveries stand aside while requests crowd, and only then."""

from __future__ import annotations

import pytest

from form_server.crowd import Crowd


class Watch:
    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept_s = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds


@pytest.mark.parametrize(
    ("pause_s", "dense"), [(0.001, True), (0.01, True), (0.05, False), (1.0, False)]
)
def test_only_a_rush_is_a_crowd(pause_s: float, *, dense: bool) -> None:
    watch = Watch()
    crowd = Crowd(lambda: watch.now_s, watch.sleep)
    for _ in range(20):
        watch.now_s += pause_s
        crowd.note()
    crowd.let_pass()
    assert crowd.is_dense is dense
    assert (watch.slept_s > 0) is dense


def test_a_crowd_passes() -> None:
    watch = Watch()
    crowd = Crowd(lambda: watch.now_s, watch.sleep)
    for _ in range(20):
        crowd.note()
    watch.now_s += 0.2
    assert not crowd.is_dense


def test_few_requests_are_no_crowd() -> None:
    crowd = Crowd(lambda: 1.0)
    for _ in range(3):
        crowd.note()
    assert not crowd.is_dense
