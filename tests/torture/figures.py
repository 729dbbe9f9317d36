"""The run in one line."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from form_server.ledger import Delivery
from tests.torture.lives import Life
from tests.torture.verdict import Verdict


@dataclass(frozen=True)
class Figures:
    """`p50_ms` and `p99_ms`: from a request's first byte to its whole answer, while up.

    `redelivered_*_s`: from the launch of the next process to the moment at which the mail server
    held a mail that had been due at the kill, in lives in which the mail server behaved;
    `once_up_*_s`: the same from that process's first answer. None when there was no such mail.
    """

    posted: int
    accepted: int
    killed: int
    struck_in_time: int
    lost: int
    twice: int
    mails: int
    accepted_while_up: float
    p50_ms: float
    p99_ms: float
    start_median_s: float
    redelivered: int
    redelivered_median_s: float | None
    redelivered_max_s: float | None
    once_up_median_s: float | None
    once_up_max_s: float | None

    @property
    def line(self) -> str:
        after = "nothing was pending"
        if self.redelivered_median_s is not None:
            after = (
                f"{self.redelivered_median_s:.2f} s median {self.redelivered_max_s:.2f} s max"
                f" ({self.once_up_median_s:.2f} and {self.once_up_max_s:.2f} s once up;"
                f" {self.redelivered} mails)"
            )
        return (
            f"posted {self.posted}, accepted {self.accepted} ({self.accepted_while_up:.2%} while up),"
            f" killed {self.killed}, lost {self.lost}, twice {self.twice}, mails {self.mails},"
            f" p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms, redelivered after {after}"
        )


def figures_of(verdict: Verdict) -> Figures:
    after = verdict.after
    postings = after.book.postings
    up = [one for posting in postings for one in after.lives.up_tries(posting.tries)]
    times_ms = sorted(1000 * (one.ended_s - one.begun_s) for one in up) or [0.0]
    waits = list(_waits(verdict))
    since_launch = [one for one, _ in waits]
    since_up = [one for _, one in waits]
    killed = [life for life in after.lives.lived if life.strike is not None]
    starts = [one.up_s - one.launched_s for one in after.lives.lived if one.up_s is not None]
    return Figures(
        posted=len(postings),
        accepted=sum(one.was_accepted for one in postings),
        killed=len(killed),
        struck_in_time=sum(life.struck_in_time for life in killed),
        lost=verdict.lost,
        twice=verdict.twice,
        mails=len(after.relay.received),
        accepted_while_up=verdict.accepted_share,
        p50_ms=statistics.median(times_ms),
        p99_ms=times_ms[min(len(times_ms) - 1, int(0.99 * len(times_ms)))],
        start_median_s=statistics.median(starts),
        redelivered=len(waits),
        redelivered_median_s=statistics.median(since_launch) if waits else None,
        redelivered_max_s=max(since_launch, default=None),
        once_up_median_s=statistics.median(since_up) if waits else None,
        once_up_max_s=max(since_up, default=None),
    )


def _waits(verdict: Verdict) -> Iterator[tuple[float, float]]:
    """For each mail that was due at a kill: seconds since the next launch, and since it was up."""
    lived = verdict.after.lives.lived
    for killed, life in pairwise(lived):
        if killed.strike is None or killed.down_s is None or not life.calm:
            continue
        for row in verdict.rows.values():
            came_s = _came_in(verdict, row, life)
            if came_s is not None and _was_due(row, killed.down_s):
                yield came_s - life.launched_s, max(0.0, came_s - (life.up_s or came_s))


def _was_due(row: Delivery, at_s: float) -> bool:
    """A row that was put off later has another due time, so this one was not."""
    return max(_monotonic(row.created_at), _monotonic(row.due_at)) < at_s


def _came_in(verdict: Verdict, row: Delivery, life: Life) -> float | None:
    """When the mail server got it in this life, if the ledger did not hold it to be sent before."""
    if row.sent_at is None or _monotonic(row.sent_at) < life.launched_s:
        return None
    for _, mail in verdict.mails.get(row.message_id, ()):
        if mail.at_s >= life.launched_s:
            return mail.at_s if life.down_s is None or mail.at_s < life.down_s else None
    return None


def _monotonic(at: datetime) -> float:
    return at.timestamp() - time.time() + time.monotonic()
