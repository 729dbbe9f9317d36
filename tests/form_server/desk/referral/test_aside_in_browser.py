"""What is kept aside, looked through on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, check, follow, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_look_through_rescue_one_and_close_the_rest(page: Page, served: Stage, width: int) -> None:
    hints = ["bait_taken", "links"]
    served.receive(
        flags="quarantine", suspicions=hints, note=f"Buy https://x.example/{'long' * 40} now"
    )
    for number in range(2):
        served.receive(flags="quarantine", suspicions=hints, patient_name=f"Odd{number} One")
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served)
    check(page)

    follow(page, "3 referrals are kept aside")
    check(page)
    follow(page, "Maria")
    check(page)
    press(page, "This is real")
    page.get_by_role("link", name="Call (360) 555-0188").wait_for()
    page.go_back()
    page.goto(f"{served.origin}/desk/quarantine")
    page.get_by_text("None of these is real").click()
    check(page)
    press(page, "Close these 2")
    assert page.get_by_role("status").inner_text().strip() == "Closed 2 as not referrals."
    check(page)
