"""A real browser for tests: one Chromium a session, a fresh context a test, and axe to judge pages by.

Import the fixtures into a `conftest.py`: `from tests.browser import browser, page  # noqa: F401`.
Without Playwright or a Chromium the tests that ask for them are skipped, and say what is missing.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE_WIDTH: Final = 390
DESKTOP_WIDTH: Final = 1280


@pytest.fixture(scope="session")
def browser() -> Browser:
    for module in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed; see requirements-test.txt")
    return _launch()


@functools.cache
def _launch() -> Browser:
    """One Chromium for all: each place that imports the fixture has a fixture of its own, and a
    second driver in one process is refused. It ends with the process.
    """
    from playwright.sync_api import sync_playwright

    driver = sync_playwright().start()
    executable = _find_chromium(driver.chromium.executable_path)
    if executable is None:
        driver.stop()
        pytest.skip(f"no Chromium is on PATH: none of {', '.join(_NAMES)}")
    running = driver.chromium.launch(executable_path=executable, args=list(_ARGUMENTS))
    atexit.register(driver.stop)
    return running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of desktop width; `set_viewport_size` and `emulate_media` make it another."""
    context = browser.new_context(viewport={"width": DESKTOP_WIDTH, "height": 900})
    yield context.new_page()
    context.close()


def find_violations(page: Page) -> list[str]:
    """What axe objects to on the page as it stands, a line each; empty when nothing.

    The page's own policy must not stand in the way: the script is handed over, not loaded. Axe
    needs scripts; with them switched off it would wait for ever.
    """
    from axe_playwright_python.sync_playwright import Axe

    result: dict[str, Any] = Axe().run(page, options={"runOnly": list(_RULES)}).response
    assert result["passes"], "axe looked at nothing"
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def _find_chromium(bundled: str) -> str | None:
    wanted = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in (wanted, *_NAMES) if name)
    return next(filter(None, found), bundled if Path(bundled).is_file() else None)
