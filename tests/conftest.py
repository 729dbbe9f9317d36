"""The order of the tests, and what a full run asks of them.

With CI_FULL=1 a skipped test fails the run: the full run has everything that tests ask for.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from typing import Final

import pytest

# By the path: servers as processes of their own, browsers, and weeks by a moved clock.
_LONG: Final = ("tests/house/", "tests/torture/", "tests/benchmarks/", "browser", "test_month",
                "test_rough_weather", "test_preview", "test_awaiting", "test_build")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that of two workers none begins one when all else is done."""
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
