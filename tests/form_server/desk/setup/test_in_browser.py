"""The settings and the menu in a real browser, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, check, follow, page, press, settle
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
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


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_hours_time_off_and_who_is_told_are_changed(page: Page, served: Stage, width: int) -> None:
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    enter(page, served)
    settle(page)
    menu = page.get_by_role("navigation", name="Desk")
    boxes = [one.bounding_box() for one in menu.get_by_role("link").all()]
    assert len(boxes) >= 4
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= _FINGER_PX or width == DESKTOP_WIDTH
        # Under the thumb on a phone, above on a desktop.
        assert (box["y"] > _HEIGHT * 0.9) == (width == PHONE_WIDTH)
    follow(menu, "More")
    check(page)
    follow(page, "Settings")
    check(page)

    follow(page, "Hours and promise")
    page.get_by_label("Friday").fill("9-12")
    page.get_by_label("A first call within").fill("2")
    press(page, "Save")
    assert "Saved" in page.get_by_role("status").inner_text()
    assert page.get_by_label("Friday").input_value() == "9:00-12:00"
    check(page)
    page.get_by_label("Friday").fill("late")
    press(page, "Save")
    assert "Friday" in page.get_by_role("alert").inner_text()
    check(page)

    page.goto(f"{served.origin}/desk/settings/time-off")
    page.get_by_label("First day away").fill("2026-12-21")
    press(page, "Add")
    page.get_by_text("Mon, Dec 21, 2026").wait_for()
    check(page)

    page.goto(f"{served.origin}/desk/settings/told")
    press(page, "Send a test")
    assert "on its way" in page.get_by_role("status").inner_text()
    check(page)
