"""A newsletter chosen, seen, sent and followed in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form_server.desk.console import Handling, place_desk
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    browser,
    check,
    check_by_day_and_night,
    follow,
    page,
    press,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.newsletter.conftest import fill_book
from tests.form_server.desk.newsletter.things import due_today, only_issue
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        fill_book(stage.ledger)
        handling = Handling(mail_server="smtp.example.org", newsletters_a_day=2)
        stage.desk = replace(stage.desk, handling=handling)
        place_desk(stage.app, stage.desk)
        yield stage


def test_a_newsletter_is_seen_sent_and_followed(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, "/desk/newsletter")
    check_by_day_and_night(page)
    page.get_by_text("Point to others as well").click()
    page.get_by_role("checkbox", name="Three questions for somebody").check()
    press(page, "Look at it first")
    letter = page.frame_locator("iframe")
    assert letter.get_by_role("heading", level=1).inner_text() == "What to say after a clear result"
    assert letter.get_by_role("link", name="Three questions").is_visible()
    page.emulate_media(color_scheme="light")
    colour = "e => getComputedStyle(e).backgroundColor"
    assert letter.locator(".sheet").first.evaluate(colour) == "rgb(255, 255, 255)"
    check_by_day_and_night(page)
    page.set_viewport_size({"width": DESKTOP_WIDTH, "height": 900})
    check(page)

    press(page, "Send it to 3 readers")
    (first, *_) = due_today(served)
    served.ledger.queue.mark_transmitting(first.id, "worker")
    served.ledger.queue.void_claims()
    follow(page, "What to say after a clear result")
    check_by_day_and_night(page)
    assert page.get_by_text("1 in doubt").is_visible()
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    check(page)
    press(page, "Send again to this one")
    press(page, "Stop the rest")
    assert only_issue(served).stopped == 3


def test_the_list_is_kept_on_a_phone(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, "/desk/newsletter/readers")
    check_by_day_and_night(page)
    press(page, "Take off the list: Dana")
    page.get_by_text("They agreed: Dana").click()
    page.get_by_label("On which day").first.fill("2026-11-01")
    press(page, "Put on the list")
    assert page.get_by_role("alert").inner_text().startswith("They left the list after that day")
    check(page)
    page.get_by_label("On which day").first.fill("2026-11-16")
    press(page, "Put on the list")
    assert not served.ledger.mailing_list.is_out("dana@alder.example")
