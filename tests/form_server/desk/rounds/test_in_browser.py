"""A morning on a phone: planned, driven, and each visit logged by thumb, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.ledger import Counted, PersonRole
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    arrive_by,
    browser,
    check,
    check_by_day_and_night,
    follow,
    page,
    press,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.rounds.outreach import add_office, add_person, seen_ago
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        add_office(
            stage, "lake", "Lakeside-Pediatrics-and-Adolescent-Medicine Associates",
            address=("1201 Lakeshore Avenue, Suite 4",), hours="Mon–Fri 8–5",
            phone="(360) 555-0177",
        )  # fmt: skip
        add_office(stage, "mill", "Mill Clinic", town="Mill Road")
        add_office(stage, "beside", "Beside Clinic")
        add_person(stage, "lake", "Dana Whitfield")
        add_person(stage, "lake", "Dr. Amara Singh", PersonRole.PHYSICIAN)
        seen_ago(stage, "lake", 190, Counted("card", 40), words="Sleep before exams.")
        yield stage


def test_a_morning_is_ticked_driven_and_logged_by_thumb(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, "/desk/outreach")
    check_by_day_and_night(page)
    page.get_by_role("checkbox", name="Lakeside").check()
    page.get_by_role("checkbox", name="Mill Clinic").check()
    press(page, "Plan a morning with those ticked")
    check_by_day_and_night(page)
    arrive_by(page.get_by_role("link", name="Log this visit").first)

    page.get_by_role("checkbox", name="Dana Whitfield").check()
    page.get_by_label("Needs you heard").fill("A group for teenagers.")
    check_by_day_and_night(page)
    press(page, "Save")
    check(page)
    assert "Logged: Lakeside" in page.get_by_role("heading", level=1).inner_text()
    assert "A group for teenagers." in page.locator("main").inner_text()
    (kept,) = served.ledger.visits.of("lake", 1)
    assert {one.item: one.count for one in kept.left} == {"card": 38, "brochure": 20, "pad": 2}

    follow(page, "Mill Clinic")
    page.get_by_text("Call", exact=True).click()
    press(page, "Save")
    assert "last office of this morning" in page.locator("main").inner_text()
    (called,) = served.ledger.visits.of("mill")
    assert called.way == "call"


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_stock_visits_and_the_calendar_hold_at_both_widths(
    page: Page, served: Stage, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, "/desk/stock?show=all")
    check_by_day_and_night(page)
    for path in ("/desk/outreach/visits/lake", "/desk/outreach/calendar"):
        page.goto(served.origin + path)
        check(page)
    press(page, "Make an address")
    check(page)
    link = page.get_by_role("link", name="Open it in this device")
    assert (link.get_attribute("href") or "").startswith("webcal://127.0.0.1")


def test_the_form_says_what_is_wrong_where_it_is(page: Page, served: Stage) -> None:
    enter(page, served, "/desk/outreach/visits/lake/new")
    page.get_by_label("Next time").fill("2026-12-01")
    press(page, "Save")
    check_by_day_and_night(page)
    field = page.get_by_label("Next time")
    assert field.get_attribute("aria-invalid") == "true"
    assert "nags" in page.locator("#next_on-error").inner_text()
