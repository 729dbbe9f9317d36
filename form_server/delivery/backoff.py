"""How long to wait after an attempt that failed: pure, with the randomness passed in.

A referral is precious, so the first tries follow each other within seconds, and no wait is longer
than a quarter of an hour. While the way out is blocked for everything, the lane waits and its rows
only queue behind it: one short probe at a time finds out that the way is open again.
"""

from __future__ import annotations

from typing import Final

from form_server.delivery.channels import Concern

_WAITS_S: Final = {
    Concern.MESSAGE: (1, 2, 5, 15, 30, 60, 120, 300, 600, 900),
    Concern.PLACE: (5, 15, 30, 60, 120),
    Concern.CHANNEL: (1, 2, 5, 10, 15),
    # A provider locks an account that fails to sign in too often.
    Concern.SETTINGS: (5, 15, 60, 120, 300),
}
_SPREAD: Final = 0.2


def wait_s(concern: Concern, failures: int, chance: float) -> float:
    """Seconds until the next try, after `failures` (1 or more) in a row.

    `chance` is uniform in [0, 1); it spreads the wait by a fifth to either side, so that rows
    that failed together do not all come back together. The last step of a schedule is its ceiling.
    """
    schedule = _WAITS_S[concern]
    ceiling = schedule[-1]
    step = schedule[min(max(failures, 1), len(schedule)) - 1]
    return min(step * (1 - _SPREAD + 2 * _SPREAD * chance), ceiling)


def queue_wait_s(failures: int, chance: float) -> float:
    """Seconds until a row that its lane could not take out is due again.

    Short whatever blocks the lane: the long wait is the lane's own and ends with the process, so
    that a start with mended settings finds its rows due.
    """
    return wait_s(Concern.CHANNEL, failures, chance)
