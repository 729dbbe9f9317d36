"""From the first call to the closed referral, at the width of a phone and of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form_server.ledger import Outcome, ReplyWay
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, find_violations, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import EMAIL, Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]

_SIZES: Final = [(PHONE_WIDTH, "dark"), (DESKTOP_WIDTH, "light")]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def check(page: Page) -> None:
    """Nothing for axe to object to, and nothing that runs off the screen."""
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def enter(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.origin}/desk/")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(stage.founding.passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize(("width", "scheme"), _SIZES)
def test_open_call_fit_book_answer_both_and_close(
    page: Page, served: Stage, width: int, scheme: str
) -> None:
    referral = served.receive(flags="outcome_consent", report_back="email", plan="Aetna")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    enter(page, served)
    page.goto(f"{served.origin}/desk/referrals/{referral.id}")

    page.get_by_role("button", name="We talked").click()
    page.get_by_role("button", name="In What you want").click()
    booking = page.get_by_role("region", name="First appointment")
    booking.get_by_label("Day").fill("2026-11-24")
    booking.get_by_label("Time").fill("09:30")
    booking.get_by_role("button", name="Note the appointment").click()
    assert "due tomorrow" in booking.inner_text()
    check(page)
    booking.get_by_role("link", name="Make the estimate").click()
    check(page)
    page.go_back()
    page.get_by_text("How did it end?", exact=True).first.click()
    page.get_by_label("First appointment made").check()
    page.get_by_role("button", name="Close this referral").click()
    check(page)

    page.get_by_role("link", name="Write the note to Maria").click()
    check(page)
    page.get_by_label("How it goes to them").select_option("text")
    page.get_by_role("button", name="Draft it anew").click()
    review = page.get_by_label("Read it, and change what you like")
    review.fill(review.input_value() + " Nora")
    page.get_by_role("button", name="It is right: go on").click()
    check(page)
    href = page.get_by_role("link", name="Open it in your messages").get_attribute("href")
    assert href is not None
    assert href.startswith("sms:+13605550188?&body=Hola%2C%20Maria")
    assert href.endswith("Nora")
    page.get_by_role("button", name="I sent it").click()

    page.get_by_role("heading", name="Note to Alder Family Medicine").wait_for()
    check(page)
    page.get_by_role("button", name="Send it to dana@alderfamily.example").click()
    check(page)
    page.get_by_role("button", name="Close this referral").click()
    page.wait_for_url("**/desk/")

    assert served.ledger.referrals.get(referral.id).outcome is Outcome.SCHEDULED
    told = served.ledger.replies.of_referral(referral.id)
    assert {one.way for one in told} == {ReplyWay.TEXT, ReplyWay.MAIL}


def test_a_reply_is_written_and_taken_back_without_scripts(browser: Browser, served: Stage) -> None:
    referral = served.receive()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, served)
    page.goto(f"{served.origin}/desk/referrals/{referral.id}/replies/patient")

    page.get_by_role("button", name="I said it on the phone").click()
    assert len(served.ledger.replies.of_referral(referral.id)) == 1
    page.get_by_role("button", name="Take it back").click()

    assert served.ledger.replies.of_referral(referral.id) == []
    context.close()


def test_words_for_a_portal_are_copied_with_one_tap(page: Page, served: Stage) -> None:
    referral = served.receive()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(page, served)
    page.goto(f"{served.origin}/desk/referrals/{referral.id}/replies/source")
    page.get_by_label("How it goes to them").select_option("copy")
    page.get_by_role("button", name="Draft it anew").click()
    words = page.get_by_label("Read it, and change what you like").input_value()
    page.get_by_role("button", name="It is right: go on").click()

    page.get_by_role("button", name="Copy the words").click()

    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == words
    check(page)
