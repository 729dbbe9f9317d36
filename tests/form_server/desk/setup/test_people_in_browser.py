"""People, inboxes and keys in a real browser, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.ledger import Role
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, arrive_by, browser, follow, page, press
from tests.browser import check as check_page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]

_FINGER_PX = 44


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def check(page: Page) -> None:
    check_page(page)
    for one in page.locator("main button:visible, main a.button:visible, main summary").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= _FINGER_PX, one.inner_text()


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_somebody_is_invited_shares_an_inbox_and_leaves_and_the_sheet_is_replaced(
    page: Page, served: Stage, width: int
) -> None:
    sam, pair = add_user(served, Role.CLINICIAN)
    served.let_in(sam, pair.private)
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, "/desk/settings")
    check(page)
    follow(page, "People")
    follow(page, "Invite somebody")
    check(page)
    page.get_by_label("Their name").fill("Kim Aldana")
    page.get_by_label("Their e-mail address").fill("kim@harborstreet.example")
    page.get_by_role("radio", name="Intake staff").check()
    press(page, "Make the link")
    assert "/desk/invitations/" in page.locator("main code").inner_text()
    check(page)
    follow(page, "I have it: go on")
    page.get_by_text("Intake staff, would open").wait_for()
    check(page)

    page.goto(f"{served.origin}/desk/settings/inboxes")
    check(page)
    arrive_by(page.locator("a.place").first)
    page.get_by_text("Share it with somebody").click()
    check(page)
    press(page, "Share the inbox")
    assert "can open it now" in page.get_by_role("status").inner_text()
    check(page)

    page.goto(f"{served.origin}/desk/users/{sam}")
    page.get_by_text("Another role").click()
    check(page)
    follow(page, "Remove")
    check(page)
    page.get_by_label("Type “remove”").fill("remove")
    press(page, "Remove this person")
    assert "signed out everywhere" in page.get_by_role("status").inner_text()
    assert page.get_by_text("Sam clinician").count() == 0

    page.goto(f"{served.origin}/desk/settings/keys")
    page.get_by_text("Try the sheet").click()
    check(page)
    page.get_by_text("Replace the sheet").click()
    press(page, "Draw a new sheet")
    check(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the sheet to print").click()
    assert coming.value.suggested_filename == "recovery-sheet.pdf"
    page.get_by_text("I have no printer").click()
    groups = page.locator("ol.groups code").all_inner_texts()
    for field in page.locator("input[name^=group-]").all():
        number = int((field.get_attribute("name") or "").removeprefix("group-"))
        field.fill(groups[number - 1])
    press(page, "Use this sheet from now on")
    assert "The new sheet is in use" in page.get_by_role("status").inner_text()
    check(page)
