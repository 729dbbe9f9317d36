"""The line that says how far a long run has come: how much is done, and how long the rest takes."""

from __future__ import annotations

import io

from outreach_kit.publish.progress import Progress


class _Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_log_gets_ten_lines_and_no_guess_from_the_first_step() -> None:
    log, clock = io.StringIO(), _Clock()
    progress = Progress(20_000, "sheets", to=log, clock=clock)

    clock.now_s += 0.85
    progress.step()
    for _ in range(19_999):
        clock.now_s += 0.05
        progress.step()

    first, second, *others, last = log.getvalue().splitlines()
    assert first == "1 of 20000 sheets"
    assert second == "2000 of 20000 sheets, about 15 min left"
    assert len(others) == 8
    assert others[-1] == "18000 of 20000 sheets, about 2 min left"
    assert last == "20000 of 20000 sheets in 1000.8 s"


def test_less_than_a_hundred_seconds_are_told_as_such() -> None:
    log, clock = io.StringIO(), _Clock()
    progress = Progress(10, "sheets", to=log, clock=clock)

    clock.now_s += 8
    progress.step()

    assert log.getvalue() == "1 of 10 sheets, about 72 s left\n"


def test_says_nothing_when_it_is_to_be_quiet_or_has_nothing_to_do() -> None:
    log = io.StringIO()

    Progress(2, "sheets", quiet=True, to=log).step()
    Progress(0, "sheets", to=log).step()

    assert not log.getvalue()
