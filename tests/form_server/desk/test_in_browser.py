"""The desk in a real browser, at the width of a phone and of a desktop, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.serving import make_server

from form_server.desk.referral.times import say_span
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    arrive_by,
    browser,
    check,
    check_everywhere,
    find_violations,
    follow,
    page,
    press,
    settle,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.referral.test_referral import HOSTILE
from tests.form_server.desk.serving import SilentHandler, assets, enter, on_a_port, running
from tests.form_server.desk.stage import EMAIL, Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]

_WIDTHS: Final = (PHONE_WIDTH, DESKTOP_WIDTH)
_FINGER_PX: Final = 44  # WCAG 2.2, 2.5.5: a target that a thumb meets


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def sign_in(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.origin}/desk/")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(stage.founding.passphrase)
    press(page, "Sign in")
    assert urlsplit(page.url).path == "/desk/"


@pytest.mark.parametrize("width", _WIDTHS)
def test_sign_in_open_call_record_and_close(page: Page, served: Stage, width: int) -> None:
    referral = served.receive(patient_email="maria@home.example")
    served.set_replies_aside(referral, "scheduled")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 844})

    page.goto(f"{served.origin}/desk/")
    check(page)
    sign_in(page, served)
    assert page.get_by_role("heading", level=1).inner_text() == "One person is waiting"
    check(page)
    follow(page, "Maria", exact=True)
    check(page)
    call = page.get_by_role("link", name="Call (360) 555-0188")
    assert call.get_attribute("href") == "tel:+13605550188"
    assert call.is_visible()
    press(page, "No answer")
    assert page.get_by_role("status").first.inner_text().strip() == "Recorded: Call, no answer."
    check(page)
    page.get_by_text("How did it end?", exact=True).first.click()
    page.get_by_label("First appointment made").check()
    check(page)
    press(page, "Close this referral")
    assert page.get_by_role("heading", level=1).inner_text() == "Nobody is waiting"
    check(page)
    press(page, "Sign out")
    assert "You are signed out" in page.get_by_role("status").inner_text()
    assert said == []


def test_every_other_page_is_readable_by_everybody(page: Page, served: Stage) -> None:
    overdue = served.receive(
        promised_in=timedelta(hours=1), patient_name="Oleksandr-Bartholomew Vyshyvanyi-Kowalczyk",
        referrer_office="Puget-Sound-Gastroenterology-and-Internal-Medicine-Associates",
        referrer_email="a-very-long-name-indeed@gastroenterology-associates.example",
    )  # fmt: skip
    served.clock.advance(hours=2)
    risk = served.receive(flags="read_first", voicemail_ok=None, text_ok=None)
    alone = served.receive(kind="self", patient_name="ليلى حسن", note="أرجو الاتصال بعد الظهر")
    broken = served.receive_plain(
        b"", promised_in=timedelta(hours=9), flags="", inbox_id=served.founding.inbox_id
    )
    enter(page, served)
    referrals = [one.id for one in (overdue, risk, alone, broken)]
    for path in ("", *(f"referrals/{one}" for one in (*referrals, "none"))):
        page.goto(f"{served.origin}/desk/{path}")
        check_everywhere(page)


def test_a_thumb_meets_every_button_of_a_referral(page: Page, served: Stage) -> None:
    referral = served.receive(patient_email="maria@home.example")
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, f"/desk/referrals/{referral.id}")
    settle(page)

    boxes = [one.bounding_box() for one in page.locator(".reach a, .reach button, .office a").all()]

    assert len(boxes) >= 10
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= _FINGER_PX


def test_all_of_it_works_without_scripts(browser: Browser, served: Stage) -> None:
    referral = served.receive()
    served.set_replies_aside(referral, "withdrawn")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, served)
    follow(page, "Maria", exact=True)
    press(page, "We talked")
    assert "Recorded: Call, talked." in page.get_by_role("status").first.inner_text()
    page.get_by_text("How did it end?", exact=True).first.click()
    page.get_by_label("Does not want it now").check()
    press(page, "Close this referral")

    assert page.get_by_role("heading", level=1).inner_text() == "Nobody is waiting"
    assert served.ledger.referrals.get(referral.id).outcome == "withdrawn"
    context.close()


def test_a_link_from_another_site_opens_the_referral_for_who_is_signed_in(
    page: Page, served: Stage
) -> None:
    """As from web mail: the browser holds the strict cookie back on the first step."""
    target = f"{served.origin}/desk/referrals/{served.receive().id}"
    sign_in(page, served)
    port = urlsplit(served.origin).port
    webmail = Flask("webmail")
    webmail.add_url_rule("/", view_func=lambda: f'<a href="{target}">A referral came in</a>')
    server = make_server("127.0.0.1", 0, webmail, request_handler=SilentHandler)
    with running(server):
        assert server.server_port != port
        page.goto(f"http://localhost:{server.server_port}/")
        follow(page, "A referral came in")
        page.wait_for_url("**/desk/referrals/*?here=1")

        assert page.get_by_role("heading", level=1).inner_text() == "Maria Delgado"


def test_a_form_on_another_site_changes_nothing(page: Page, served: Stage) -> None:
    referral = served.receive()
    sign_in(page, served)
    action = f"{served.origin}/desk/referrals/{referral.id}/tries"
    evil = Flask("evil")
    evil.add_url_rule(
        "/",
        view_func=lambda: (
            f'<form method="post" action="{action}">'
            '<input name="tried" value="reached"><button>Win</button></form>'
        ),
    )
    server = make_server("127.0.0.1", 0, evil, request_handler=SilentHandler)
    with running(server):
        page.goto(f"http://localhost:{server.server_port}/")
        press(page, "Win")

        page.get_by_role("heading", name="That did not come from the desk").wait_for()
    assert not served.ledger.referrals.attempts(referral.id)


def test_a_screen_left_alone_warns_and_then_closes(page: Page, served: Stage) -> None:
    from playwright.sync_api import expect

    served.receive()
    page.clock.install()
    enter(page, served)

    page.clock.run_for(14 * 60 * 1000 + 2000)
    page.get_by_role("dialog", name="Still here?").wait_for()
    assert find_violations(page) == []
    served.clock.advance(minutes=16)
    page.clock.run_for(60 * 1000)

    # Not wait_for_url: the pulse may find the session over as well, and lead there a second time.
    expect(page).to_have_url(f"{served.origin}/desk/sign-in?ended=1")
    settle(page)
    assert "Maria" not in page.content()


def test_who_signs_out_in_one_window_has_left_in_all(page: Page, served: Stage) -> None:
    from playwright.sync_api import expect

    referral = served.receive()
    enter(page, served)
    behind = page.context.new_page()
    behind.goto(f"{served.origin}/desk/referrals/{referral.id}")
    expect(behind.get_by_role("heading", name="Maria Delgado")).to_be_visible()

    press(page, "Sign out")

    expect(behind.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=5_000)
    expect(behind.get_by_text("Maria")).to_have_count(0)


def test_staying_signed_in_takes_one_tap(page: Page, served: Stage) -> None:
    served.receive()
    page.clock.install()
    enter(page, served)
    page.clock.run_for(14 * 60 * 1000 + 2000)
    served.clock.advance(minutes=14)
    follow(page, "Stay signed in")
    served.clock.advance(minutes=14)

    page.goto(f"{served.origin}/desk/")

    assert page.get_by_role("heading", level=1).inner_text() == "One person is waiting"


def test_times_go_on_and_a_new_referral_is_announced(page: Page, served: Stage) -> None:
    served.receive(promised_in=timedelta(minutes=3))
    page.clock.install()
    enter(page, served)
    row = page.locator(".row")
    assert "a moment ago" in row.inner_text().replace("\u00a0", " ")
    fresh = page.get_by_role("link", name="Something changed: show it")
    assert not fresh.is_visible()

    served.receive(patient_name="James Okafor")
    page.clock.run_for(4 * 60 * 1000)

    assert "4 minutes ago" in row.inner_text().replace("\u00a0", " ")
    assert "overdue by 1 minute" in row.inner_text().replace("\u00a0", " ")
    fresh.wait_for()
    assert page.title().startswith("(2) ")
    arrive_by(fresh)
    page.get_by_role("link", name="James", exact=True).wait_for()


def test_the_page_goes_on_in_the_servers_words(page: Page, served: Stage) -> None:
    seconds = [0, 59, 60, 125, 3599, 3600, 7800, 86_399, 86_400, 277_200, 604_799, 1_100_000]
    page.goto(f"{served.origin}/desk/sign-in")

    said = page.evaluate(
        "async (all) => all.map((await import('/desk/static/desk.js')).saySpan)", seconds
    )

    assert said == [say_span(timedelta(seconds=one)) for one in seconds]


def test_what_a_stranger_typed_never_runs(page: Page, served: Stage) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    fields = ("patient_name", "note", "referrer_office", "referrer_name", "plan", "language")
    said: dict[str, Any] = dict.fromkeys(fields, HOSTILE)
    referral = served.receive(**said, reason_labels=[HOSTILE])
    enter(page, served, f"/desk/referrals/{referral.id}")
    page.wait_for_load_state("networkidle")

    assert HOSTILE in page.get_by_role("heading", level=1).inner_text()
    assert ran == []


def test_the_words_can_be_shown_while_they_are_typed(page: Page, served: Stage) -> None:
    page.goto(f"{served.origin}/desk/sign-in")
    words = page.get_by_label("Your six words")
    assert words.get_attribute("type") == "password"

    page.get_by_label("Show the words").check()

    assert words.get_attribute("type") == "text"
