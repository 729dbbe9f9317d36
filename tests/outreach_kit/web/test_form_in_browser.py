"""The form as an office uses it: with a script, without one, and when the server is gone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets, Site, form_view, render_form
from tests.browser import find_violations
from tests.outreach_kit.web.host import FormServer, serve_form, serve_site
from tests.outreach_kit.web.things import render_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RECEIPT = {
    "receipt": "blue heron 42",
    "status_url": "https://refer.harborstreet.example/status/abc",
    "received_at": "2026-11-20T22:30:00Z",
    "promised_by": "2026-11-23T21:00:00Z",
}
SENT = {
    "kind": "office",
    "referrer_name": "Dana Whitcomb",
    "referrer_office": "Mill Road Family Medicine",
    "referrer_phone": "(360) 555-0199",
    "patient_name": "Rosalind Achterberg",
    "patient_phone": "360 555 0177",
    "reasons": ["panic", "other"],
    "patient_agreed": True,
}


@pytest.fixture
def server() -> Iterator[FormServer]:
    with serve_form(FormServer(answer=RECEIPT)) as running:
        yield running


@pytest.fixture
def origin(site: Site, assets: Assets, server: FormServer) -> Iterator[str]:
    local = dataclasses.replace(site, form_url=server.url)
    errors = {"patient_phone": "This number cannot be dialled."}
    typed = {"patient_name": "Rosalind Achterberg", "reasons": ["panic"]}
    server.page = render_form(form_view(local, values=typed, errors=errors))
    pages = {url: text.encode() for url, text in render_all(local).items()}
    with serve_site({**pages, **assets.files}, server.url) as address:
        yield address


def fill_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Dana Whitcomb")
    page.get_by_label("Your office or organization").fill("Mill Road Family Medicine")
    page.get_by_label("Your callback number").fill("(360) 555-0199")
    page.get_by_label("Patient’s name").fill("Rosalind Achterberg")
    page.get_by_label("Patient’s phone").fill("360 555 0177")
    page.get_by_label("Panic attacks (heart checked)").check()
    page.get_by_label("Something else").check()
    page.get_by_label("The patient agreed that we may contact them").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the referral").click()


def test_a_sent_form_becomes_a_receipt_without_leaving_the_page(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/refer/?source=K7Q2")
    fill_in(page)
    send(page)
    receipt = page.locator("#receipt")
    receipt.wait_for(state="visible")
    assert "blue heron 42" in receipt.inner_text()
    assert "Monday, November 23" in receipt.inner_text()
    assert "1:00" in receipt.inner_text(), "on the practice's own clock"
    assert page.url == f"{origin}/refer/?source=K7Q2"
    assert server.received == [{**SENT, "source": "K7Q2", "risk_notice": "ask"}]
    assert len(server.keys[0]) == 32
    status = receipt.get_by_role("link", name="Chart line and patient slip")
    assert status.get_attribute("href") == RECEIPT["status_url"]
    assert page.evaluate("document.activeElement.id") == "receipt-heading"
    assert find_violations(page) == []


def test_the_next_referral_keeps_the_offices_part_and_forgets_the_patient(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    page.get_by_text("More, if it helps").click()
    page.get_by_label("A note").fill("Please call after four.")
    send(page)
    page.get_by_role("button", name="Refer another patient").click()
    assert page.get_by_label("Your name").input_value() == "Dana Whitcomb"
    assert page.get_by_label("Patient’s name").input_value() == ""
    assert page.get_by_label("A note").input_value() == ""
    assert not page.get_by_label("Something else").is_checked()
    page.get_by_label("Patient’s name").fill("Theodora Quill")
    page.get_by_label("Patient’s phone").fill("360 555 0178")
    page.get_by_label("Something else").check()
    page.get_by_label("The patient agreed that we may contact them").check()
    send(page)
    page.locator("#receipt").wait_for(state="visible")
    assert [one["patient_name"] for one in server.received] == [
        "Rosalind Achterberg",
        "Theodora Quill",
    ]
    assert server.received[1]["reasons"] == ["other"]
    assert "note" not in server.received[1]
    assert server.keys[0] != server.keys[1]


def test_what_is_missing_is_said_before_anything_is_sent(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    page.get_by_label("Patient’s name").fill(" ")
    page.get_by_label("Panic attacks (heart checked)").uncheck()
    page.get_by_label("Something else").uncheck()
    send(page)
    summary = page.locator("#summary")
    summary.wait_for(state="visible")
    assert page.evaluate("document.activeElement.id") == "summary"
    assert summary.get_by_role("link").all_inner_texts() == [
        "Give the name that the patient goes by.",
        "Tick at least one reason; “Something else” is fine.",
    ]
    assert server.received == []
    assert find_violations(page) == []
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "patient_name"
    page.get_by_label("Patient’s name").fill("Rosalind")
    page.get_by_label("Patient’s phone").focus()
    assert page.locator("#patient_name-error").count() == 0
    assert page.locator("#patient_name").get_attribute("aria-invalid") is None


def test_what_the_server_objects_to_stands_at_the_field(
    page: Page, origin: str, server: FormServer
) -> None:
    server.status = 422
    server.answer = {
        "title": "Please look at this again",
        "errors": {"patient_phone": "This number cannot be dialled.", "note": "Too long."},
    }
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    page.locator("#patient_phone-error").wait_for(state="visible")
    assert page.locator("#patient_phone").get_attribute("aria-describedby") == "patient_phone-error"
    assert page.get_by_label("Patient’s phone").input_value() == "360 555 0177"
    assert page.locator("#note-error").is_visible(), "what is folded away is opened"
    server.status, server.answer = 201, RECEIPT
    page.get_by_label("Patient’s phone").fill("(360) 555-0177")
    send(page)
    page.locator("#receipt").wait_for(state="visible")
    assert server.keys[0] != server.keys[1], "other words are another sending"


def test_a_refusal_is_told_with_the_number_to_call(
    page: Page, origin: str, server: FormServer
) -> None:
    server.status = 503
    server.answer = {"title": "Your referral was not stored", "detail": "Please call."}
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    refusal = page.locator("#refusal")
    refusal.wait_for(state="visible")
    assert "Your referral was not stored" in refusal.inner_text()
    assert "(360) 555-0142" in refusal.inner_text()
    assert page.get_by_label("Patient’s name").input_value() == "Rosalind Achterberg"
    server.status, server.answer = 201, RECEIPT
    send(page)
    page.locator("#receipt").wait_for(state="visible")
    assert server.keys[0] == server.keys[1], "the same words again are the same referral"


def test_a_server_that_is_gone_is_told_with_the_number_and_nothing_is_lost(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    page.route(f"{server.url}/**", lambda route: route.abort())
    send(page)
    trouble = page.locator("#trouble")
    trouble.wait_for(state="visible")
    assert "(360) 555-0142" in trouble.inner_text()
    assert page.evaluate("document.activeElement.id") == "trouble"
    assert page.get_by_label("Patient’s name").input_value() == "Rosalind Achterberg"
    assert find_violations(page) == []
    page.unroute(f"{server.url}/**")
    send(page)
    page.locator("#receipt").wait_for(state="visible")
    assert not trouble.is_visible()


def test_a_server_that_answers_no_script_gets_a_plain_form(
    page: Page, origin: str, server: FormServer
) -> None:
    """So it is while the site stands at an address that the server was not told of."""
    server.allows_scripts = False
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    page.wait_for_url(f"{server.url}/referrals")
    [sent] = server.plain
    assert sent["patient_name"] == ["Rosalind Achterberg"]
    assert len(sent["submission_id"][0]) == 32


def test_nothing_is_kept_in_the_browser(page: Page, origin: str) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    page.locator("#receipt").wait_for(state="visible")
    kept = page.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie, document.forms[0].patient_name.value]"
    )
    assert kept == [0, 0, "", ""]
    assert page.context.cookies() == []


def test_the_count_speaks_only_when_room_gets_short(page: Page, origin: str) -> None:
    page.goto(f"{origin}/refer/")
    page.get_by_text("More, if it helps").click()
    note = page.get_by_label("A note")
    note.fill("x" * 200)
    assert page.get_by_text("characters left").count() == 0
    note.fill("x" * 290)
    assert page.get_by_text("10 characters left").is_visible()


def test_without_a_script_the_form_is_posted_and_comes_back_filled_in(
    browser: Browser, origin: str, server: FormServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    page.wait_for_url(f"{server.url}/referrals")
    [sent] = server.plain
    wanted = {
        name: value if isinstance(value, list) else ["true" if value is True else value]
        for name, value in SENT.items()
    }
    assert sent == wanted, "and neither trap nor key came along"
    assert page.get_by_label("Patient’s name").input_value() == "Rosalind Achterberg"
    assert page.get_by_label("Panic attacks (heart checked)").is_checked()
    assert page.get_by_role("alert").get_by_role("link").inner_text() == (
        "This number cannot be dialled."
    )
    context.close()


def test_without_a_script_an_empty_form_is_held_back_by_the_browser(
    browser: Browser, origin: str, server: FormServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/refer/")
    send(page)
    page.locator(":invalid:focus").wait_for()  # where the browser leads who left it empty
    assert page.url == f"{origin}/refer/"
    assert server.plain == []
    context.close()
