"""The question form as an office uses it, with a script and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import check, check_everywhere
from tests.outreach_kit.web.filling_in import RECEIPT
from tests.outreach_kit.web.host import FormServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASKED = "Whom may I send you?"


def fill_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Dana Whitcomb")
    page.get_by_label("Your office or organization").fill("Mill Road Family Medicine")
    page.get_by_label("Your e-mail").fill("dana@millroad.example")


def test_a_talk_is_picked_words_are_met_once_and_a_receipt_comes(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/ask/?talk=sleepless&source=K7Q2")
    assert page.get_by_label("Would you like a talk for your team?").input_value() == "sleepless"
    assert page.get_by_label("Where?").is_visible(), "what helps to plan it is unfolded"
    page.get_by_label("Would you like a talk for your team?").select_option("")
    page.get_by_role("button", name="Send it", exact=True).click()
    summary = page.locator("#summary")
    summary.wait_for(state="visible")
    assert page.evaluate("document.activeElement.id") == "summary"
    assert summary.get_by_role("link").all_inner_texts() == [
        "Tell us your name, so that we know whom to ask for.",
        "Tell us which office you write from.",
        "Give a phone number or an e-mail address, so that we can answer you.",
        "Write your question here, or pick a talk.",
    ]
    assert server.received == []

    fill_in(page)
    page.get_by_label("What would you like to know?").fill(ASKED)
    server.status, server.answer = 200, {"interrupt": "patient"}
    page.get_by_role("button", name="Send it", exact=True).click()
    hint = page.locator("#patient")
    hint.wait_for(state="visible")
    assert page.evaluate("document.activeElement.id") == "patient"
    server.status, server.answer = 201, RECEIPT
    page.get_by_role("button", name="Send it as it is").click()
    receipt = page.locator("#receipt")
    receipt.wait_for(state="visible")
    assert "blue heron 42" in receipt.inner_text()
    assert "Monday, November 23" in receipt.inner_text()
    assert page.evaluate("document.activeElement.id") == "receipt-heading"
    check(page)

    sent = {
        "source": "K7Q2",
        "referrer_name": "Dana Whitcomb",
        "referrer_office": "Mill Road Family Medicine",
        "referrer_email": "dana@millroad.example",
        "question": ASKED,
    }
    assert server.received == [{**sent, "heads_up": "ask"}, {**sent, "heads_up": "seen"}]
    assert server.keys[0] == server.keys[1], "the same words are one question"


def test_no_answer_keeps_what_was_typed_and_offers_the_phone(
    page: Page, origin: str, server: FormServer
) -> None:
    server.is_gateway = True
    page.goto(f"{origin}/ask/")
    fill_in(page)
    page.get_by_label("What would you like to know?").fill(ASKED)
    page.get_by_role("button", name="Send it", exact=True).click()
    trouble = page.locator("#trouble")
    trouble.wait_for(state="visible")
    assert trouble.get_by_role("link", name="(360) 555-0142").is_visible()
    assert page.get_by_label("What would you like to know?").input_value() == ASKED


def test_without_a_script_it_posts_as_any_form_and_every_talk_can_be_picked(
    browser: Browser, origin: str, server: FormServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/trainings/")
    page.get_by_role("link", name="Ask for this talk").first.click()
    page.wait_for_url("**/ask/?talk=*")
    fill_in(page)
    page.get_by_label("Would you like a talk for your team?").select_option("sleepless")
    page.get_by_text("About the talk").click()
    page.get_by_label("Where?").fill("The break room")
    page.get_by_role("button", name="Send it", exact=True).click()
    page.wait_for_url("**/questions")
    context.close()
    assert server.plain == [
        {
            "referrer_name": ["Dana Whitcomb"],
            "referrer_office": ["Mill Road Family Medicine"],
            "referrer_email": ["dana@millroad.example"],
            "talk": ["sleepless"],
            "talk_place": ["The break room"],
        }
    ]


def test_nothing_to_object_to_by_day_and_night_on_a_phone_and_on_a_desktop(
    page: Page, origin: str
) -> None:
    page.goto(f"{origin}/ask/?talk=sleepless")
    page.get_by_label("Where?").wait_for(state="visible")
    check_everywhere(page)
