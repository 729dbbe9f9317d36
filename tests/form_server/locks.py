"""Words that lock keys at a small cost: a lock states what it cost, so nothing but the work is different.

The cost by default makes each guess take 64 MiB and a fifth of a second, and tests sign in by words some
hundreds of times. What it is by default, and that a name nobody has costs as much, is tested in earnest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from form_server.vault import Cost

_EARNEST = Cost.__init__.__defaults__
_LITTLE = (64, 1)  # KiB, passes


def lock_cheaply() -> None:
    """In this process, from now on."""
    _default_to(_LITTLE)


@contextmanager
def locking_in_earnest() -> Iterator[None]:
    """At the cost that everybody else pays."""
    _default_to(_EARNEST)
    try:
        yield
    finally:
        lock_cheaply()


def _default_to(cost: tuple[object, ...] | None) -> None:
    Cost.__init__.__defaults__ = cost
