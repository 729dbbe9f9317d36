"""The book of offices on a phone and on a desktop, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from form_server.ledger import SourceFacts
from outreach_kit.web import Assets
from tests.browser import PHONE_WIDTH, browser, check, check_everywhere, follow, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.offices.book import alder, an_office
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

__all__ = ["assets", "browser", "page"]

_TABLE = "Office,Town,Phone,Person,Role\nElm Clinic,Lynden,360 555 0144,Bo Chen,nurse\n,,,Joe,\n"


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def test_an_office_is_added_met_found_and_printed_for(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, "/desk/offices")
    follow(page, "Add an office")
    page.get_by_label("Name", exact=True).fill("Birch Pediatrics of the Northern Skagit Valley")
    page.get_by_label("Phone", exact=True).fill("12")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    check_everywhere(page)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.get_by_label("Phone", exact=True).fill("360 555 0140")
    press(page, "Save")
    expect(page.get_by_role("status")).to_contain_text("Who is at the front desk there?")
    follow(page, "Add a person")
    page.get_by_label("Name", exact=True).fill("Dee Alvarez-Montgomery")
    page.get_by_label("E-mail", exact=True).fill("dee.alvarez-montgomery@birch.example")
    check(page)
    press(page, "Save")
    expect(page.get_by_role("link", name="Call (360) 555-0140")).to_be_visible()
    check_everywhere(page)

    page.goto(f"{served.origin}/desk/offices?q=alvarez")
    expect(page.locator(".row")).to_have_count(1)
    follow(page, "Choose several")
    page.get_by_label(re.compile("Birch")).check()
    page.get_by_label("What to print").select_option(label="Slip for the patient")
    check_everywhere(page)
    button = page.get_by_role("button", name="Print", exact=True)
    with page.context.expect_event("response", _is_print) as answered:
        button.click()
    named = 'attachment; filename="patient-slip-letter-offices-2026-11-16.pdf"'
    assert answered.value.header_value("content-disposition") == named
    expect(button).to_be_enabled()  # for the next sheet


def _is_print(response: Response) -> bool:
    return response.url.endswith("/desk/offices/print")


def test_a_table_is_taken_in_and_doubles_become_one(page: Page, served: Stage) -> None:
    alder(served)
    an_office(served, "second", SourceFacts("Alder Fam. Medicine", town="Alder Falls"))
    enter(page, served, "/desk/offices")
    check_everywhere(page)
    follow(page, "Take in an address book")
    page.get_by_text("Or paste it").click()
    page.get_by_label("What is in the file").fill(_TABLE)
    press(page, "Look at it first")
    expect(page.get_by_role("heading", name="Ready")).to_be_visible()
    check_everywhere(page)
    press(page, "Take it in")
    expect(page.get_by_role("status").first).to_contain_text("Taken in: 1 new")
    follow(page, "Look for doubles")
    check(page)
    follow(page, "Alder Family Medicine")
    page.get_by_label("Keep Alder Family Medicine").check()
    check_everywhere(page)
    press(page, "Make the two one")
    expect(page.get_by_role("status")).to_contain_text("one now")
    press(page, "Take this office off the list")
    check(page)
    press(page, "Put back")
    expect(page.get_by_role("heading", name="Alder Family Medicine")).to_be_visible()
