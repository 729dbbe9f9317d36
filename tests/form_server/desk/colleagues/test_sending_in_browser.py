"""Sending on from a phone, from a desktop, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, page
from tests.form_server.desk.colleagues.people import a_colleague, an_out, iris
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import Stage
from tests.form_server.desk.test_in_browser import check, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]

_TABLE = "Name,Phone,Takes\nBen Muñoz,(360) 555-0171,couples\nIris Okafor,,grief; couples\n"


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_out_asked_placed(page: Page, served: Stage, width: int) -> None:
    iris(served)
    a_colleague(served, name="Omar Haddad", youngest=4, oldest=17, openings=0)
    referral = an_out(served, reasons=["other"], reason_labels=["Something else"])
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, served)
    page.goto(f"{served.origin}/desk/referrals/{referral.id}")
    check(page)
    placing = page.locator(".placing")
    placing.get_by_role("link", name="Say what they need").click()
    page.get_by_label("Substance dependence as the main concern").check()
    page.get_by_label("In other words").fill("drinking at night")
    page.get_by_role("button", name="Look again").click()
    check(page)
    page.get_by_text("Takes: Substance dependence").wait_for()
    page.get_by_label("Iris Okafor, PhD").check()
    page.get_by_role("button", name="I ask whom I ticked").click()
    check(page)
    assert "stays open until one of them" in page.get_by_role("status").first.inner_text()
    placing.get_by_text("What to say").click()
    placing.get_by_text("I have somebody I would like to send you.").wait_for()
    check(page)
    page.get_by_role("button", name="They said yes").click()
    page.get_by_role("button", name="The patient is with them").click()
    check(page)
    placing.get_by_text("They found their place.").wait_for()
    page.emulate_media(color_scheme="dark")
    check(page)
    placing.get_by_role("link", name="What to tell them").click()
    page.get_by_text("Hola, Maria:").wait_for()
    check(page)


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_add_find_change_take_in_and_remove(page: Page, served: Stage, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, served)
    page.goto(f"{served.origin}/desk/colleagues")
    check(page)
    page.get_by_role("link", name="Add a colleague").first.click()
    page.get_by_label("Name", exact=True).fill("Iris Okafor")
    page.get_by_label("Phone", exact=True).fill("12")
    page.get_by_label("Anyone under 18").check()
    check(page)
    page.get_by_role("button", name="Save").click()
    assert "Nothing was saved yet" in page.get_by_role("alert").inner_text()
    check(page)
    page.get_by_label("Phone", exact=True).fill("360 555 0161")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Call (360) 555-0161").wait_for()
    check(page)
    page.get_by_role("link", name="All colleagues").click()
    page.get_by_role("link", name="Take in a table").click()
    check(page)
    page.get_by_text("Or paste it").click()
    page.get_by_label("The table, with its heading").fill(_TABLE)
    page.get_by_role("button", name="Look at it first").click()
    check(page)
    page.get_by_role("button", name="Take it in").click()
    assert page.locator(".row").count() == 2
    page.emulate_media(color_scheme="dark")
    check(page)
    page.get_by_role("link", name="What people needed").click()
    check(page)
    page.goto(f"{served.origin}/desk/colleagues?q=couples")
    page.get_by_role("link", name="Ben Muñoz", exact=True).click()
    page.get_by_role("button", name="Remove from the directory").click()
    check(page)
    page.get_by_role("button", name="Put back").click()
    page.get_by_role("heading", name="Ben Muñoz").wait_for()


def test_all_of_it_works_without_scripts(browser: Browser, served: Stage) -> None:
    iris(served)
    referral = an_out(served)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, served)
    page.goto(f"{served.origin}/desk/referrals/{referral.id}")
    page.get_by_label("Iris Okafor, PhD").check()
    page.get_by_role("button", name="I ask whom I ticked").click()
    page.get_by_role("button", name="They said yes").click()
    page.get_by_role("button", name="The patient is with them").click()
    assert "Placed." in page.get_by_role("status").first.inner_text()
    assert served.ledger.placements.of_referral(referral.id)[0].state == "placed"
    context.close()
