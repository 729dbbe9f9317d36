"""The inbox, the quick log and what is owed, in a real browser at both widths, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form_server.ledger import Attempt, AttemptMeans, AttemptResult, SourceKind
from form_server.ledger.bookings import Booked
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    arrive_by,
    browser,
    check,
    follow,
    page,
    press,
    settle,
    wait_until,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]

_LONG: Final = "Oleksandr-Bartholomew Vyshyvanyi-Kowalczyk"
_FINGER_PX: Final = 44


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    """A desk with a little of everything that can be owed."""
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        stage.ledger.sources.add("alder-family", "Alder Family", SourceKind.OFFICE, actor="test")
        user_id = stage.founding.user_id
        tried = stage.receive(patient_name=_LONG)
        stage.ledger.steps.record_attempt(
            Attempt(
                "t" * 20, tried.id, user_id, stage.clock(),
                AttemptMeans.CALL, AttemptResult.NO_ANSWER,
            )
        )  # fmt: skip
        booked = Booked(stage.clock(), stage.clock() + timedelta(days=6))
        stage.ledger.bookings.book(tried.id, booked, self_pay=True, user_id=user_id)
        stage.clock.advance(hours=50)
        stage.receive(promised_in=timedelta(minutes=40))
        stage.receive(kind="self", patient_name="ليلى حسن", flags="read_first")
        for number in range(26):
            stage.receive(patient_name=f"Person {number}", promised_in=timedelta(hours=9))
        yield stage


def names(page: Page) -> list[str]:
    return page.locator(".row h2").all_inner_texts()


def find_and_log(page: Page, stage: Stage, look: bool) -> None:
    """The whole way; `look` has axe judge each page, which needs scripts."""

    def judge() -> None:
        if look:
            check(page)

    assert "One is due within the hour." in page.locator(".lead").inner_text()
    judge()
    follow(page, "1 person is due another try")
    assert _LONG in page.locator("main").inner_text()
    judge()

    arrive_by(page.get_by_role("link", name="Inbox").first)
    assert len(names(page)) == 25
    judge()
    follow(page, "Older", exact=True)
    assert names(page)[-1] == _LONG
    page.get_by_text("Show only some").click()
    page.get_by_label("Mark", exact=True).select_option(label="Read first")
    judge()
    press(page, "Show these")
    assert names(page) == ["ليلى حسن"]
    follow(page, "Show the whole inbox")
    page.get_by_label("Name, number, office, receipt or day").fill("delgado")
    press(page, "Search")
    assert names(page) == ["Maria Delgado"]
    assert "1 found." in page.get_by_role("status").inner_text()
    assert "elgado" not in page.url
    judge()

    follow(page, "Log one by hand")
    judge()
    page.get_by_label("Patient’s name").fill("Rosa Quiñones")
    page.get_by_label("Who sent them, or where they found you").fill("Psychology Today")
    page.get_by_label("How it came").select_option(label="Voicemail")
    press(page, "Write it down")
    assert "there must be a way to answer" in page.locator("main").inner_text()
    judge()
    page.get_by_label("Patient’s phone").fill("(360) 555-0123")
    page.get_by_text("More, if there is time").click()
    page.get_by_label("A text message").check()
    judge()
    press(page, "Write it down")
    assert "/desk/referrals/" in page.url
    assert "Rosa Quiñones" in page.locator("main").inner_text()
    assert page.locator('a[href^="sms:"]').count() == 1


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_what_is_owed_is_seen_a_referral_found_and_another_logged(
    page: Page, served: Stage, width: int
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if width == PHONE_WIDTH else "light")
    enter(page, served)

    find_and_log(page, served, look=True)

    assert errors == []


def test_all_of_it_works_without_scripts(browser: Browser, served: Stage) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    enter(page, served)
    assert not page.get_by_role("button", name="Tell me on this device").is_visible()

    find_and_log(page, served, look=False)

    context.close()


def test_a_thumb_meets_every_button_and_field(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served)
    for path in ("/desk/inbox", "/desk/log"):
        page.goto(f"{served.origin}{path}")
        settle(page)
        for summary in page.locator("main summary").all():
            summary.click()
        found = page.locator(
            "main button, main a.button, main select, main input:not([type=hidden]):not([type=radio])"
            ":not([type=checkbox]), main .tick, main summary"
        ).all()
        shown = [one for one in found if one.is_visible()]
        small = [
            one.evaluate("it => it.outerHTML")
            for one in shown
            if (box := one.bounding_box()) is None or box["height"] < _FINGER_PX
        ]
        assert len(shown) >= 2, path
        assert small == [], path


def test_a_device_that_was_asked_by_a_tap_tells_that_somebody_waits_and_not_who(
    browser: Browser, served: Stage
) -> None:
    context = browser.new_context(permissions=["notifications"])
    page = context.new_page()
    # A headless browser has given its answer before it is asked: here it is still to be given.
    page.add_init_script(
        """
        let answer = "default";
        Object.defineProperty(Notification, "permission", { get: () => answer });
        Notification.requestPermission = async () => (answer = "granted");
        window.unseen = () => Object.defineProperty(document, "hidden", { get: () => true });
        window.told = [];
        ServiceWorkerRegistration.prototype.showNotification = async function (title, said) {
          window.told.push([title, said.body]);
        };
        """
    )
    page.clock.install()
    enter(page, served)
    registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    before = page.evaluate(registered)
    page.get_by_role("button", name="Tell me on this device").click()
    wait_until(page, lambda: page.evaluate(registered) == 1, "nothing was registered")
    assert before == 0
    assert not page.get_by_role("button", name="Tell me on this device").is_visible()

    page.evaluate("unseen()")
    served.receive(patient_name="Secret Person")
    page.clock.run_for(11_000)
    wait_until(page, lambda: page.evaluate("told.length") > 0, "nothing was told")

    assert page.evaluate("told") == [["Your desk", "Somebody is waiting for a call."]]
    assert page.evaluate("caches.keys()") == []
    context.close()
