"""Several sheets at once, the long ones first, so that no core waits for a late one at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def make_all(
    items: Sequence[Item],
    make: Callable[[Item], Made],
    *,
    weigh: Callable[[Item], int],
    workers: int,
) -> list[Made]:
    """What `make` made of each, in the order of `items`; `weigh` guesses how long each will take.

    The first exception leaves at once: what has not begun by then is not begun.
    """
    heaviest_first = sorted(range(len(items)), key=lambda place: -weigh(items[place]))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            futures = {place: pool.submit(make, items[place]) for place in heaviest_first}
            return [futures[place].result() for place in range(len(items))]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
