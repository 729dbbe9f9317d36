"""Thank-yous, gifts and a talk in a real browser: a phone, a wide screen, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.ledger import NewGift, PersonFacts, SourceFacts
from tests.browser import browser, check, check_everywhere, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from outreach_kit.web import Assets

__all__ = ["assets", "browser", "page"]
_LONG = "Lakeside Women’s Health and Midwifery of the Greater Alder Valley"


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "localhost") as stage:
        book = stage.ledger.address_book
        facts = {"address": ("9 Mill Road",), "town": "Alder Falls", "postal_code": "98999"}
        book.add("alder-family", SourceFacts("Alder Family Medicine", **facts), actor="test")  # type: ignore[arg-type]
        book.add("lake", SourceFacts(_LONG), actor="test")
        wu = book.add_person("lake", PersonFacts("Dr. Wu"), actor="test").id
        stage.ledger.gifts.add(NewGift("lake", "Lunch", 450_00, date(2026, 8, 1), wu), actor="test")
        stage.receive()
        stage.receive(code="lake")
        stage.clock.advance(days=11)
        stage.receive()
        yield stage


def test_a_batch_is_read_over_printed_and_mailed_on_a_phone(page: Page, served: Stage) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, served, "/desk/thanks")
    expect(page.get_by_role("heading", name="To mail Tue, Dec\u00a01")).to_be_visible()
    expect(page.get_by_role("heading", name="Gathering for")).to_be_visible()
    card = page.locator(".thank-card").filter(has_text="Alder Family Medicine")
    card.get_by_text("Read it over").click()
    card.get_by_label("Words").fill("Thank you. Maria says hello.")
    check_everywhere(page)

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open cards and labels to print").click()
    refused = opened.value
    expect(refused.get_by_text("A patient may be meant here: “")).to_be_visible()
    expect(refused.get_by_label("Words").first).to_have_value("Thank you. Maria says hello.")
    check(refused)
    refused.close()
    card.get_by_label("Words").fill("Thank you for your lovely letter.")
    press(page, "They are made, by printer or by hand")
    expect(page.get_by_role("status")).to_contain_text("They lie here")
    check(page)
    page.get_by_label(_LONG).uncheck()
    press(page, "They are in the mail")
    expect(page.get_by_role("status")).to_contain_text("in the mail")
    assert [one.source for one in served.ledger.thank_yous.lying()] == ["lake"]
    page.goto(f"{served.origin}/desk/thanks/mailed")
    expect(page.get_by_label("Alder Family Medicine")).to_be_visible()
    check(page)


def test_a_gift_is_found_written_down_and_weighed(page: Page, served: Stage) -> None:
    from playwright.sync_api import expect

    enter(page, served, "/desk/gifts")
    expect(page.get_by_text("Close to the line of caution")).to_be_visible()
    check_everywhere(page)
    page.get_by_label("For which office").fill("lakeside")
    press(page, "Find it")
    page.locator(".office-link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gifts for Lakeside")
    page.get_by_label("What it was").fill("A hamper")
    page.get_by_label("What it cost").fill("90")
    page.get_by_label("Dr. Wu alone").check()
    press(page, "Write it down")
    expect(page.get_by_role("alert")).to_contain_text("$540 in 2026, over the line of caution")
    check_everywhere(page)
    page.get_by_label("It was given already").check()
    press(page, "Write it down")
    expect(page.get_by_text("Over the line of caution")).to_be_visible()
    check(page)
