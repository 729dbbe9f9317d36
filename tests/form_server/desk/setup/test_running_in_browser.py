"""Held times, switches and health in a real browser, at the width of a phone and of a desktop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from form_server.desk.console import Judged, Machine, place_desk
from form_server.settings import Settings
from form_server.switches import CurrentSwitches
from outreach_kit.places import SAMPLE_PRACTICE
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    arrive_by,
    browser,
    check,
    follow,
    page,
    press,
)
from tests.form_server.desk.serving import assets, enter
from tests.form_server.desk.setup.test_in_browser import served
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page", "served"]


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_times_switches_and_health_are_worked_with(page: Page, served: Stage, width: int) -> None:
    settings = Settings(SAMPLE_PRACTICE, SAMPLE_PRACTICE, "sqlite:///unused.db", served.origin)
    found = (Judged("ok", "mail server", "it lets us in."), Judged("warn", "sender", "x", "Do y."))
    machine = Machine(lambda: False, lambda: 40_000, 200, "0.1", lambda: found)
    switches = CurrentSwitches(settings, served.ledger)
    place_desk(served.app, replace(served.desk, switches=switches, machine=machine))
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, "/desk/more")
    follow(page, "First-call times")
    page.get_by_label("At which times").fill("9:00, 2:30 PM")
    page.get_by_label("First day").fill("2026-11-17")
    page.get_by_label("Last day").fill("2026-11-18")
    press(page, "Hold them")
    assert page.get_by_role("button", name="Give up").count() == 4
    check(page)
    press(page, "Undo")
    assert page.get_by_role("button", name="Give up").count() == 0

    page.goto(f"{served.origin}/desk/settings/switches")
    check(page)
    page.get_by_label("Months after closing").fill("84")
    arrive_by(page.get_by_role("button", name="Erasing old referrals").first)
    check(page)
    page.get_by_label("To go on").fill("erase")
    press(page, "Erase from then on")
    page.get_by_text("Erased 7 years after closing.").wait_for()

    page.goto(f"{served.origin}/desk/")
    follow(page, "Nothing goes out")
    page.get_by_role("heading", name="One thing is wrong").wait_for()
    press(page, "Check mail and address now")
    page.get_by_text("Do y.").wait_for()
    check(page)
