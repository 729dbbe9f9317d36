"""The inbox, the quick log and what is owed, in a real browser at both widths, with and without scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form_server.ledger import Attempt, AttemptMeans, AttemptResult, SourceKind
from form_server.ledger.bookings import Booked
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, find_violations, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import EMAIL, Stage

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


def sign_in(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.origin}/desk/")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(stage.founding.passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


def check(page: Page) -> None:
    """Nothing for axe to object to, and nothing that runs off the screen."""
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def wait_until(page: Page, expression: str, value: object) -> None:
    """Playwright's own waiting evaluates text in the page, which the page's policy forbids."""
    ends_s = time.monotonic() + 10
    while page.evaluate(expression) != value:
        assert time.monotonic() < ends_s, f"{expression} never was {value}"
        time.sleep(0.02)


def names(page: Page) -> list[str]:
    return page.locator(".row h2").all_inner_texts()


def find_and_log(page: Page, stage: Stage, look: bool) -> None:
    """The whole way; `look` has axe judge each page, which needs scripts."""

    def judge() -> None:
        if look:
            check(page)

    assert "One is due within the hour." in page.locator(".lead").inner_text()
    judge()
    page.get_by_role("link", name="1 person is due another try").click()
    assert _LONG in page.locator("main").inner_text()
    judge()
    page.get_by_label("Alder Family").check()
    page.get_by_role("button", name="Mark as thanked").click()
    assert "Marked as thanked." in page.get_by_role("status").inner_text()

    page.get_by_role("link", name="Inbox").first.click()
    assert len(names(page)) == 25
    judge()
    page.get_by_role("link", name="Older", exact=True).click()
    assert names(page)[-1] == _LONG
    page.get_by_text("Show only some").click()
    page.get_by_label("Mark", exact=True).select_option(label="Read first")
    judge()
    page.get_by_role("button", name="Show these").click()
    assert names(page) == ["ليلى حسن"]
    page.get_by_role("link", name="Show the whole inbox").click()
    page.get_by_label("Name, number, office, receipt or day").fill("delgado")
    page.get_by_role("button", name="Search").click()
    assert names(page) == ["Maria Delgado"]
    assert "1 found." in page.get_by_role("status").inner_text()
    assert "elgado" not in page.url
    judge()

    page.get_by_role("link", name="Log one by hand").click()
    judge()
    page.get_by_label("Patient’s name").fill("Rosa Quiñones")
    page.get_by_label("Who sent them, or where they found you").fill("Psychology Today")
    page.get_by_label("How it came").select_option(label="Voicemail")
    page.get_by_role("button", name="Write it down").click()
    assert "there must be a way to answer" in page.locator("main").inner_text()
    judge()
    page.get_by_label("Patient’s phone").fill("(360) 555-0123")
    page.get_by_text("More, if there is time").click()
    page.get_by_label("A text message").check()
    judge()
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url("**/desk/referrals/*")
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
    sign_in(page, served)

    find_and_log(page, served, look=True)

    assert errors == []


def test_all_of_it_works_without_scripts(browser: Browser, served: Stage) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, served)
    assert not page.get_by_role("button", name="Tell me on this device").is_visible()

    find_and_log(page, served, look=False)

    context.close()


def test_a_thumb_meets_every_button_and_field(page: Page, served: Stage) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    sign_in(page, served)
    for path in ("/desk/inbox", "/desk/log", "/desk/owed"):
        page.goto(f"{served.origin}{path}")
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
    sign_in(page, served)
    registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    before = page.evaluate(registered)
    page.get_by_role("button", name="Tell me on this device").click()
    wait_until(page, registered, 1)
    assert before == 0
    assert not page.get_by_role("button", name="Tell me on this device").is_visible()

    page.evaluate("unseen()")
    served.receive(patient_name="Secret Person")
    page.clock.run_for(11_000)
    wait_until(page, "told.length", 1)

    assert page.evaluate("told") == [["Your desk", "Somebody is waiting for a call."]]
    assert page.evaluate("caches.keys()") == []
    context.close()
