"""A real browser for tests: one Chromium a session, a fresh context a test, and axe to judge pages by.

Import the fixtures into a `conftest.py`: `from tests.browser import browser, page  # noqa: F401`.
Without Playwright or a Chromium the tests that ask for them are skipped, and say what is missing.

A click comes back while the next page is still on its way, and what is read then may be of the last
page, of the next one, or of neither. So whatever leads to another page goes through `press`, `follow`
or `arriving`: after them the next page is all there, and can be read at once.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

_ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_COLOUR_RULES: Final = ("color-contrast", "link-in-text-block")
_JUDGE: Final = """async (options) => {
  const {passes, violations} = await axe.run(options);
  return {passes: passes.length, violations};
}"""
PHONE_WIDTH: Final = 390
DESKTOP_WIDTH: Final = 1280
_PATIENCE_S: Final = 30  # as Playwright's own
_SETTLE: Final = """async () => {
  document.documentElement.getBoundingClientRect();  // a face is fetched once something is set in it
  await document.fonts.ready;
  const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]:not([disabled])')];
  return sheets.filter((one) => one.sheet === null).map((one) => one.href);
}"""


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


@contextmanager
def arriving(page: Page) -> Iterator[None]:
    """What is done inside leads to another page; afterwards all of that page is loaded."""
    with page.expect_navigation(wait_until="load"):
        yield


def press(within: Page | Locator, name: str, *, exact: bool = False) -> None:
    """Press the button of this name, and arrive at the page that it leads to."""
    arrive_by(within.get_by_role("button", name=name, exact=exact))


def follow(within: Page | Locator, name: str, *, exact: bool = False) -> None:
    """Follow the link of this name, and arrive at the page that it leads to."""
    arrive_by(within.get_by_role("link", name=name, exact=exact))


def arrive_by(way: Locator) -> None:
    with arriving(way.page):
        way.click()


def wait_until(page: Page, holds: Callable[[], bool], otherwise: str) -> None:
    """For what no element shows. Playwright's own waiting evaluates text in the page, which the
    policy of ours forbids.
    """
    ends_s = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < ends_s, otherwise
        page.wait_for_timeout(20)  # and what the browser tells comes in


def settle(page: Page) -> None:
    """Wait until the page looks as it will: loaded, styled, and set in its own faces."""
    page.wait_for_load_state("load")
    bare = page.evaluate(_SETTLE)
    assert not bare, f"a style sheet did not come: {bare}"


def check(page: Page) -> None:
    """Nothing for axe to object to, and nothing that runs off the screen."""
    _object_to_nothing(page, _RULES)
    check_width(page)


def check_by_day_and_night(page: Page) -> None:
    """The same in both schemes of the page that is open; only colours differ between them."""
    page.emulate_media(color_scheme="light")
    check(page)
    page.emulate_media(color_scheme="dark")
    _object_to_nothing(page, _COLOUR_RULES)


def check_everywhere(page: Page) -> None:
    """The same in both schemes, on a phone and on a desktop."""
    for width in (PHONE_WIDTH, DESKTOP_WIDTH):
        page.set_viewport_size({"width": width, "height": 844})
        check_by_day_and_night(page)


def check_width(page: Page) -> None:
    settle(page)  # without its style sheet any long word runs off the screen
    width, shown = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= shown, f"{width - shown} px stick out at {shown} px"


def _object_to_nothing(page: Page, rules: Sequence[str]) -> None:
    objections = find_violations(page, rules)
    assert not objections, "\n".join(objections)


def find_violations(page: Page, rules: Sequence[str] = _RULES) -> list[str]:
    """What axe objects to on the page as it stands, a line each; empty when nothing.

    `rules` names rules of axe, or kinds of them.

    The page's own policy must not stand in the way: the script is handed over, not loaded. Axe
    needs scripts; with them switched off it would wait for ever.
    """
    from axe_playwright_python.sync_playwright import Axe

    settle(page)
    if not page.evaluate("'axe' in window"):  # half a megabyte, once a page
        page.evaluate(Axe().axe_script)
    options = {"runOnly": list(rules), "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate(_JUDGE, options)
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
