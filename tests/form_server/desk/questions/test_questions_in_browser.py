"""A question from the first page to its answer, and a talk with its day, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.ledger import AnsweredHow, TalkState
from outreach_kit.web import Assets
from tests.browser import browser, check, check_everywhere, follow, page, press
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.questions.asking import ask, ask_for_a_talk
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def test_read_answer_take_back_answer_again_and_agree_on_a_day(page: Page, served: Stage) -> None:
    asked = ask(served, promised_in=timedelta(hours=1))
    talk = ask_for_a_talk(served, promised_in=timedelta(hours=3), referrer_office="Mill Road")
    ask(served, flags="quarantine", suspicions=["bait_taken"], referrer_office="Buy Now Ltd")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 390, "height": 844})

    enter(page, served)
    check(page)
    follow(page, "Alder Falls Family Medicine", exact=True)
    check_everywhere(page)
    page.set_viewport_size({"width": 390, "height": 844})
    call = page.get_by_role("link", name="Call them (360) 555-0177")
    assert call.get_attribute("href") == "tel:+13605550177"
    press(page, "Send it to ana@alderfalls.example")
    assert page.get_by_role("alert").inner_text().startswith("There is no answer in it yet.")
    page.get_by_label("Write the answer").fill("Dear Ana,\n\nAdults with panic.\n\nNora")
    press(page, "Send it to ana@alderfalls.example")
    assert "It goes out in a minute." in page.get_by_role("status").first.inner_text()
    check(page)
    press(page, "Take the answer back")
    press(page, "Answered by phone")
    assert served.ledger.questions.get(asked.id).answered_how is AnsweredHow.PHONE

    follow(page, "Questions and talks")
    check(page)
    follow(page, "Mill Road", exact=True)
    page.get_by_label("The day that you agreed on").fill("2026-12-03")
    press(page, "Agreed on that day")
    check(page)
    assert page.get_by_text("Agreed for Thu, Dec").first.is_visible()
    press(page, "It was held")
    assert served.ledger.questions.get(talk.id).talk_state is TalkState.HELD

    follow(page, "Questions and talks")
    follow(page, "Buy Now Ltd", exact=True)
    check(page)
    press(page, "Advertising: put it away")
    assert "Put away." in page.get_by_role("status").inner_text()
    assert said == []
