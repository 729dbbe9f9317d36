"""Several at once: heavy ones first, results in order, and an end when one fails."""

from __future__ import annotations

import threading

import pytest

from outreach_kit.publish.parallel import make_all


def test_heavy_ones_begin_first_and_results_keep_their_order() -> None:
    begun: list[int] = []

    def make(item: int) -> int:
        begun.append(item)
        return item * 10

    assert make_all([1, 3, 2], make, weigh=lambda item: item, workers=1) == [10, 30, 20]
    assert begun == [3, 2, 1]


def test_what_has_not_begun_when_one_fails_is_not_begun() -> None:
    begun: list[int] = []

    def make(item: int) -> None:
        begun.append(item)
        if item == 0:
            raise RuntimeError("broken")
        threading.Event().wait(0.3)  # time enough to hear of the failure

    with pytest.raises(RuntimeError, match="broken"):
        make_all(range(6), make, weigh=lambda _item: 0, workers=1)
    assert len(begun) < 6
