"""People, inboxes and keys in a real browser, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.desk.entry.sessions import begin_session
from form_server.ledger import Role
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, find_violations, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, on_a_port
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
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
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
    user = served.ledger.people.user(served.founding.user_id)
    secret = begin_session(served.desk, user, served.user_key, "")
    page.context.add_cookies([{"name": "desk", "value": secret.token, "url": served.origin}])
    page.set_viewport_size({"width": width, "height": 844})

    page.goto(f"{served.origin}/desk/settings")
    check(page)
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite somebody").click()
    check(page)
    page.get_by_label("Their name").fill("Kim Aldana")
    page.get_by_label("Their e-mail address").fill("kim@harborstreet.example")
    page.get_by_role("radio", name="Intake staff").check()
    page.get_by_role("button", name="Make the link").click()
    assert "/desk/invitations/" in page.locator("main code").inner_text()
    check(page)
    page.get_by_role("link", name="I have it: go on").click()
    page.get_by_text("Intake staff, would open").wait_for()
    check(page)

    page.goto(f"{served.origin}/desk/settings/inboxes")
    check(page)
    page.locator("a.place").first.click()
    page.get_by_text("Share it with somebody").click()
    check(page)
    page.get_by_role("button", name="Share the inbox").click()
    assert "can open it now" in page.get_by_role("status").inner_text()
    check(page)

    page.goto(f"{served.origin}/desk/users/{sam}")
    page.get_by_text("Another role").click()
    check(page)
    page.get_by_role("link", name="Remove").click()
    check(page)
    page.get_by_label("Type “remove”").fill("remove")
    page.get_by_role("button", name="Remove this person").click()
    assert "signed out everywhere" in page.get_by_role("status").inner_text()
    assert page.get_by_text("Sam clinician").count() == 0

    page.goto(f"{served.origin}/desk/settings/keys")
    page.get_by_text("Try the sheet").click()
    check(page)
    page.get_by_text("Replace the sheet").click()
    page.get_by_role("button", name="Draw a new sheet").click()
    check(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the sheet to print").click()
    assert coming.value.suggested_filename == "recovery-sheet.pdf"
    page.get_by_text("I have no printer").click()
    groups = page.locator("ol.groups code").all_inner_texts()
    for field in page.locator("input[name^=group-]").all():
        number = int((field.get_attribute("name") or "").removeprefix("group-"))
        field.fill(groups[number - 1])
    page.get_by_role("button", name="Use this sheet from now on").click()
    assert "The new sheet is in use" in page.get_by_role("status").inner_text()
    check(page)
