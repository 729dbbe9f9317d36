"""The form when its server refuses, is slow, is gone, or is not who answers: nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import find_violations, wait_until
from tests.outreach_kit.web.filling_in import (
    RECEIPT,
    fill_in,
    send,
)
from tests.outreach_kit.web.host import FormServer

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


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


def test_a_gateway_that_answers_for_a_dead_server_swallows_nothing(
    page: Page, origin: str, server: FormServer
) -> None:
    """A plain form would end at its “502 Bad Gateway”, and what was typed with it."""
    page.goto(f"{origin}/refer/")
    fill_in(page)
    server.is_gateway = server.allows_scripts = True
    send(page)
    page.locator("#trouble").wait_for(state="visible")
    assert page.get_by_label("Patient’s name").input_value() == "Rosalind Achterberg"
    assert page.url == f"{origin}/refer/"


def test_who_is_offline_is_told_so(page: Page, origin: str) -> None:
    page.goto(f"{origin}/refer/")
    fill_in(page)
    page.context.set_offline(True)
    send(page)
    trouble = page.locator("#trouble")
    trouble.wait_for(state="visible")
    assert trouble.inner_text().startswith("You seem to be offline.")
    assert "(360) 555-0142" in trouble.inner_text()


def test_a_slow_answer_is_waited_for_once_and_aloud(
    page: Page, origin: str, server: FormServer
) -> None:
    """A second tap sends nothing; and when patience ends, what was typed is still there."""
    page.clock.install()
    page.goto(f"{origin}/refer/")
    fill_in(page)
    kept: list[Route] = []
    page.route(f"{server.url}/referrals", lambda route: kept.append(route))
    button = page.get_by_role("button", name="Send the referral")
    button.dblclick()
    wait_until(page, lambda: bool(kept), "nothing was sent")
    progress = page.locator("#progress")
    assert progress.inner_text() == "Sending …"
    assert page.evaluate("document.activeElement.type") == "submit", "the focus stays"
    page.clock.run_for(5_000)
    assert progress.inner_text() == "This takes longer than usual. Please keep this page open."
    page.clock.run_for(20_000)
    page.locator("#trouble").wait_for(state="visible")
    assert len(kept) == 1
    assert server.received == server.plain == []
    assert page.url == f"{origin}/refer/"
    assert page.get_by_label("Patient’s name").input_value() == "Rosalind Achterberg"
    assert button.is_enabled()


def test_a_server_that_answers_no_script_gets_a_plain_form(
    page: Page, origin: str, server: FormServer
) -> None:
    """So it is while the site stands at an address that the server was not told of. Whoever goes
    back from there finds no patient.
    """
    server.allows_scripts = False
    page.goto(f"{origin}/refer/")
    fill_in(page)
    send(page)
    page.wait_for_url(f"{server.url}/referrals")
    [sent] = server.plain
    assert sent["patient_name"] == ["Rosalind Achterberg"]
    assert len(sent["submission_id"][0]) == 32
    page.go_back()
    assert page.get_by_label("Patient’s name").input_value() == ""
    assert not page.get_by_label("Panic attacks (heart checked)").is_checked()
