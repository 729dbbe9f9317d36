"""Sending on from a phone, from a desktop, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets
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
from tests.form_server.desk.colleagues.people import a_colleague, an_out, iris
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

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
    enter(page, served, f"/desk/referrals/{referral.id}")
    check(page)
    placing = page.locator(".placing")
    follow(placing, "Say what they need")
    page.get_by_label("Substance dependence as the main concern").check()
    page.get_by_label("In other words").fill("drinking at night")
    press(page, "Look again")
    check(page)
    page.get_by_text("Takes: Substance dependence").wait_for()
    page.get_by_label("Iris Okafor, PhD").check()
    press(page, "I ask whom I ticked")
    check(page)
    assert "stays open until one of them" in page.get_by_role("status").first.inner_text()
    placing.get_by_text("What to say").click()
    placing.get_by_text("I have somebody I would like to send you.").wait_for()
    check(page)
    press(page, "They said yes")
    press(page, "The patient is with them")
    check(page)
    placing.get_by_text("They found their place.").wait_for()
    page.emulate_media(color_scheme="dark")
    check(page)
    follow(placing, "What to tell them")
    page.get_by_text("Hola, Maria:").wait_for()
    check(page)


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_add_find_change_take_in_and_remove(page: Page, served: Stage, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, "/desk/colleagues")
    check(page)
    arrive_by(page.get_by_role("link", name="Add a colleague").first)
    page.get_by_label("Name", exact=True).fill("Iris Okafor")
    page.get_by_label("Phone", exact=True).fill("12")
    page.get_by_label("Anyone under 18").check()
    check(page)
    press(page, "Save")
    assert "Nothing was saved yet" in page.get_by_role("alert").inner_text()
    check(page)
    page.get_by_label("Phone", exact=True).fill("360 555 0161")
    press(page, "Save")
    page.get_by_role("link", name="Call (360) 555-0161").wait_for()
    check(page)
    follow(page.get_by_role("navigation", name="Back"), "Colleagues")
    follow(page, "Take in a table")
    check(page)
    page.get_by_text("Or paste it").click()
    page.get_by_label("The table, with its heading").fill(_TABLE)
    press(page, "Look at it first")
    check(page)
    press(page, "Take it in")
    assert page.locator(".row").count() == 2
    page.emulate_media(color_scheme="dark")
    check(page)
    follow(page, "What people needed")
    check(page)
    page.goto(f"{served.origin}/desk/colleagues?q=couples")
    follow(page, "Ben Muñoz", exact=True)
    press(page, "Remove from the directory")
    check(page)
    press(page, "Put back")
    page.get_by_role("heading", name="Ben Muñoz").wait_for()


def test_all_of_it_works_without_scripts(browser: Browser, served: Stage) -> None:
    iris(served)
    referral = an_out(served)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    enter(page, served, f"/desk/referrals/{referral.id}")
    page.get_by_label("Iris Okafor, PhD").check()
    press(page, "I ask whom I ticked")
    press(page, "They said yes")
    press(page, "The patient is with them")
    assert "Placed." in page.get_by_role("status").first.inner_text()
    assert served.ledger.placements.of_referral(referral.id)[0].state == "placed"
    context.close()
