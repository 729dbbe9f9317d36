"""The first call, its fit and an undo, and the pages of messages and devices, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.ledger import DeliveryState
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, check, follow, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage
from tests.form_server.desk.test_messages import trouble

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


@pytest.mark.parametrize(("width", "scheme"), [(PHONE_WIDTH, "dark"), (DESKTOP_WIDTH, "light")])
def test_read_the_script_undo_a_tap_and_be_warned_of_an_out(
    page: Page, served: Stage, width: int, scheme: str
) -> None:
    referral = served.receive(age_band="teen", plan="Moda Select")
    served.set_replies_aside(referral, "scheduled")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    enter(page, served, f"/desk/referrals/{referral.id}")
    page.get_by_text("You have Moda Select. We are not in network").wait_for()

    press(page, "We talked")
    press(page, "Undo “Call, talked”")
    assert "Taken back" in page.get_by_role("status").first.inner_text()
    press(page, "No answer")
    page.get_by_text("Next try Wed, Nov 18 or Thu, Nov 19.").wait_for()
    press(page, "Out Somebody else is right")
    check(page)
    page.get_by_text("How did it end?", exact=True).first.click()
    page.get_by_label("First appointment made").check()
    press(page, "Close this referral")
    assert "teaches the office" in page.get_by_role("alert").inner_text()
    check(page)
    page.get_by_label("It is out, and I take them on all the same").check()
    press(page, "Close this referral")
    assert page.get_by_role("heading", level=1).inner_text() == "Nobody is waiting"


@pytest.mark.parametrize(("width", "scheme"), [(PHONE_WIDTH, "light"), (DESKTOP_WIDTH, "dark")])
def test_settle_a_message_and_end_a_session(
    page: Page, served: Stage, width: int, scheme: str
) -> None:
    referral = served.receive()
    trouble(served, referral, "n1", DeliveryState.STUCK)
    served.let_in()
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    enter(page, served)
    check(page)
    follow(page, "One message did not go out")
    check(page)
    press(page, "Dismiss")
    assert page.get_by_role("status").inner_text().strip() == "It will not go out."

    page.goto(f"{served.origin}/desk/devices")
    check(page)
    press(page, "Sign out all other devices")
    assert "Every other device" in page.get_by_role("status").inner_text()
    check(page)
