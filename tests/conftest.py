"""The order of the tests, and what a full run asks of them.

With CI_FULL=1 a skipped test fails the run: the full run has everything that tests ask for.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

# How long an example may take is no property of the program but of what else the machine does. The full
# run decides, so it says the same twice; every other run looks for examples that nobody has thought of.
settings.register_profile(
    "here",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI_FULL") == "1",
)
settings.load_profile("here")

# By the path: servers as processes of their own, browsers, and weeks by a moved clock.
_LONG: Final = ("tests/house/", "tests/torture/", "tests/benchmarks/", "tests/tutorial/", "browser", "passkeys",
                "test_month", "test_rough_weather", "test_preview", "test_awaiting", "test_build")  # fmt: skip


def pytest_configure() -> None:
    """Whatever a shell begins in the background ignores Ctrl-C, and so would all that the tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that none is begun when all else is done."""
    items.sort(key=lambda item: not _is_long(item.nodeid.partition("::")[0]))


def _is_long(path: str, marks: Sequence[str] = _LONG) -> bool:
    return any(mark in path for mark in marks)


def pytest_collection_finish() -> None:
    """All that was imported and collected stays: whoever looks for garbage need not look there."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    gc.unfreeze()
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI_FULL") == "1" and reporter is not None and reporter.stats.get("skipped"):
        count = len(reporter.stats["skipped"])
        reporter.write_line(f"CI_FULL=1: {count} tests were skipped, and none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
