"""From the first call to the closed referral, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from form_server.ledger import Outcome, ReplyWay
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, check, follow, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]

_SIZES: Final = [(PHONE_WIDTH, "dark"), (DESKTOP_WIDTH, "light")]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


@pytest.mark.parametrize(("width", "scheme"), _SIZES)
def test_open_call_fit_book_answer_both_and_close(
    page: Page, served: Stage, width: int, scheme: str
) -> None:
    referral = served.receive(flags="outcome_consent", report_back="email", plan="Aetna")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    enter(page, served, f"/desk/referrals/{referral.id}")

    press(page, "We talked")
    press(page, "In What you want")
    booking = page.get_by_role("region", name="First appointment")
    booking.get_by_label("Day").fill("2026-11-24")
    booking.get_by_label("Time").fill("09:30")
    press(booking, "Note the appointment")
    assert "due tomorrow" in booking.inner_text()
    check(page)
    follow(booking, "Make the estimate")
    check(page)
    page.go_back()
    page.get_by_text("How did it end?", exact=True).first.click()
    page.get_by_label("First appointment made").check()
    press(page, "Close this referral")
    check(page)

    follow(page, "Write the note to Maria")
    check(page)
    page.get_by_label("How it goes to them").select_option("text")
    press(page, "Draft it anew")
    review = page.get_by_label("Read it, and change what you like")
    review.fill(review.input_value() + " Nora")
    press(page, "It is right: go on")
    check(page)
    href = page.get_by_role("link", name="Open it in your messages").get_attribute("href")
    assert href is not None
    assert href.startswith("sms:+13605550188?&body=Hola%2C%20Maria")
    assert href.endswith("Nora")
    press(page, "I sent it")

    assert page.get_by_role("heading", name="Note to Alder Family Medicine").is_visible()
    check(page)
    press(page, "Send it to dana@alderfamily.example")
    check(page)
    press(page, "Close this referral")
    assert urlsplit(page.url).path == "/desk/"

    assert served.ledger.referrals.get(referral.id).outcome is Outcome.SCHEDULED
    told = served.ledger.replies.of_referral(referral.id)
    assert {one.way for one in told} == {ReplyWay.TEXT, ReplyWay.MAIL}


def test_a_reply_is_written_and_taken_back_without_scripts(browser: Browser, served: Stage) -> None:
    referral = served.receive()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, served, f"/desk/referrals/{referral.id}/replies/patient")

    press(page, "I said it on the phone")
    assert len(served.ledger.replies.of_referral(referral.id)) == 1
    press(page, "Take it back")

    assert served.ledger.replies.of_referral(referral.id) == []
    context.close()


def test_words_for_a_portal_are_copied_with_one_tap(page: Page, served: Stage) -> None:
    referral = served.receive()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(page, served, f"/desk/referrals/{referral.id}/replies/source")
    page.get_by_label("How it goes to them").select_option("copy")
    press(page, "Draft it anew")
    words = page.get_by_label("Read it, and change what you like").input_value()
    press(page, "It is right: go on")

    page.get_by_role("button", name="Copy the words").click()

    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == words
    check(page)
