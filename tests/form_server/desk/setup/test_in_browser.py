"""The settings and the menu in a real browser, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.desk.entry.sessions import begin_session
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, find_violations, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]

_FINGER_PX = 44
_HEIGHT = 844


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def check(page: Page) -> None:
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_hours_time_off_and_who_is_told_are_changed(page: Page, served: Stage, width: int) -> None:
    user = served.ledger.people.user(served.founding.user_id)
    secret = begin_session(served.desk, user, served.user_key, "")
    page.context.add_cookies([{"name": "desk", "value": secret.token, "url": served.origin}])
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    page.goto(f"{served.origin}/desk/")
    menu = page.get_by_role("navigation", name="Desk")
    boxes = [one.bounding_box() for one in menu.get_by_role("link").all()]
    assert len(boxes) >= 4
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= _FINGER_PX or width == DESKTOP_WIDTH
        # Under the thumb on a phone, above on a desktop.
        assert (box["y"] > _HEIGHT * 0.9) == (width == PHONE_WIDTH)
    menu.get_by_role("link", name="More").click()
    check(page)
    page.get_by_role("link", name="Settings").click()
    check(page)

    page.get_by_role("link", name="Hours and promise").click()
    page.get_by_label("Friday").fill("9-12")
    page.get_by_label("A first call within").fill("2")
    page.get_by_role("button", name="Save").click()
    assert "Saved" in page.get_by_role("status").inner_text()
    assert page.get_by_label("Friday").input_value() == "9:00-12:00"
    check(page)
    page.get_by_label("Friday").fill("late")
    page.get_by_role("button", name="Save").click()
    assert "Friday" in page.get_by_role("alert").inner_text()
    check(page)

    page.goto(f"{served.origin}/desk/settings/time-off")
    page.get_by_label("First day away").fill("2026-12-21")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("Mon, Dec 21, 2026").wait_for()
    check(page)

    page.goto(f"{served.origin}/desk/settings/told")
    page.get_by_role("button", name="Send a test").click()
    assert "on its way" in page.get_by_role("status").inner_text()
    check(page)
