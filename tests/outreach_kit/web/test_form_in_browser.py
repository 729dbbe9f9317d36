"""The form as an office uses it, with a script and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import find_violations
from tests.outreach_kit.web.filling_in import (
    RECEIPT,
    SENT,
    fill_in,
    send,
)
from tests.outreach_kit.web.host import FormServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


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


def test_a_known_office_is_named_and_may_leave_its_own_part_empty(
    page: Page, origin: str, server: FormServer
) -> None:
    from playwright.sync_api import expect

    page.goto(f"{origin}/refer/")
    expect(page.get_by_role("textbox", name="Your name", exact=True)).to_have_attribute(
        "required", ""
    )
    page.route(
        f"{server.url}/first-calls.json*",
        lambda route: route.fulfill(
            json={"times": [], "office": "Mill Road"}, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    page.goto(f"{origin}/refer/?source=K7Q2")
    expect(page.get_by_text("From Mill Road.")).to_be_visible()
    for label in ("Your name", "Your office or organization", "Your callback number"):
        expect(page.get_by_role("textbox", name=f"{label} (optional)", exact=True)).to_be_visible()
    page.get_by_label("Patient’s name").fill("Rosalind Achterberg")
    page.get_by_label("Patient’s phone").fill("360 555 0177")
    page.get_by_label("Something else").check()
    page.locator("[name=patient_agreed]").check()
    send(page)
    page.locator("#receipt").wait_for(state="visible")


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


def test_a_number_that_nobody_can_dial_is_said_as_soon_as_it_is_left(
    page: Page, origin: str, server: FormServer
) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    phone = page.get_by_label("Patient’s phone")
    error = page.locator("#patient_phone-error")
    for typed, is_wrong in (
        ("555 0177", True), ("+44 20 7946 0018", False), ("٣٦٠ ٥٥٥ ٠١٧٧", False),
        ("360-555-0177 ext. 4, after noon", False), ("none", True),
    ):  # fmt: skip
        phone.fill(typed)
        phone.blur()
        assert error.is_visible() == is_wrong, typed
    assert "with its area code" in error.inner_text()
    assert phone.get_attribute("aria-invalid") == "true"
    page.get_by_text("More, if it helps").click()
    page.get_by_label("Patient’s e-mail").fill("rosalind@mill")
    send(page)
    lines = page.locator("#summary").get_by_role("link").all_inner_texts()
    assert [line.split(".")[0] for line in lines] == [
        "This number cannot be dialled",
        "This is not an e-mail address",
    ]
    assert server.received == []


def test_a_thumb_is_led_from_question_to_question(browser: Browser, origin: str) -> None:
    """The key that says “next” sends nothing on a phone; at a desk Enter sends, as it always did."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{origin}/refer/")
    page.get_by_label("Your name").tap()
    for name in ("referrer_office", "referrer_phone", "patient_name", "patient_phone", "reasons"):
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == name
    assert not page.locator("#summary").is_visible()
    context.close()


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
