"""Two people at once in real browsers: one takes it, the other is told; handed over, kept a place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    arrive_by,
    browser,
    check,
    follow,
    press,
    wait_until,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.group import Group, Member, make_group
from tests.form_server.desk.serving import assets, enter, on_a_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser"]

FITS: dict[str, Any] = {
    "reasons": ["postpartum"],
    "reason_labels": ["Low mood around a birth"],
    "language": "Spanish",
}


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Group]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield make_group(stage)


@contextmanager
def at_the_desk(
    browser: Browser, group: Group, who: Member, width: int, *, scripts: bool = True
) -> Iterator[Page]:
    """A browser of this person's own, signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=scripts
    )
    page = context.new_page()
    enter(page, group.stage, user_id=who.id, key=who.key)
    yield page
    context.close()


def dialed(page: Page) -> list[str]:
    """The numbers that the page hands to the telephone; a browser without one goes nowhere."""
    numbers: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.on(
        "Page.frameRequestedNavigation", lambda asked: numbers.append(str(asked.get("url", "")))
    )
    return numbers


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_two_at_once_take_ring_and_hand_over_one_referral(
    browser: Browser, served: Group, width: int
) -> None:
    one = served.stage.receive(**FITS)
    with (
        at_the_desk(browser, served, served.nora, width) as nora,
        at_the_desk(browser, served, served.maria, width) as maria,
    ):
        press(nora, "I take it")
        nora.get_by_text("You are on it since").wait_for()
        check(nora)

        # Maria's list is a moment old: she is told who took it, and when.
        press(maria, "I take it")
        assert "Nora Ellison took it first, at 12:30" in maria.get_by_role("alert").inner_text()
        check(maria)

        press(maria, "Call (360) 555-0188")
        assert maria.url.endswith("ring=held#who")
        assert "Nora Ellison is on it since" in maria.get_by_role("alert").inner_text()
        check(maria)
        numbers = dialed(maria)
        with maria.expect_response("**/ring") as answer:
            maria.get_by_role("button", name="Call all the same").click()
        assert answer.value.json()["to"] == "tel:+13605550188"
        wait_until(maria, lambda: "tel:+13605550188" in numbers, "the number was not dialed")
        maria.locator("button:disabled").first.wait_for(state="detached")

        nora.goto(f"{served.stage.origin}/desk/referrals/{one.id}")
        nora.get_by_text("Call, text or e-mail tapped, knowing of Nora Ellison").wait_for()
        press(nora, "Hand it to Ana Lucía Ruiz-Montenegro")
        assert "Handed over" in nora.get_by_role("status").inner_text()
        check(nora)
    with at_the_desk(browser, served, served.ana, width) as ana:
        follow(ana, "Maria", exact=True)
        ana.get_by_text("Give it to somebody").click()
        check(ana)
        press(ana, "Give it back to")
        ana.get_by_role("heading", name="Team").wait_for()
    assert served.stage.ledger.referrals.get(one.id).inbox_id == served.front


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_a_place_on_the_waitlist_an_opening_and_the_offer(
    browser: Browser, served: Group, width: int
) -> None:
    teen = {"reasons": ["teen-low"], "reason_labels": ["Teen gone quiet"], "age_band": "teen"}
    one = served.stage.receive(**teen, language="Spanish", patient_name="Asha Rao")  # type: ignore[arg-type]
    with at_the_desk(browser, served, served.nora, width) as page:
        follow(page, "Asha")
        page.get_by_text("What to tell them (Spanish)").click()
        page.get_by_text("No room now? Keep them a place").click()
        page.get_by_label("For what").select_option("evening")
        check(page)
        press(page, "Put them on the waitlist")
        assert "The promise is kept." in page.get_by_role("status").first.inner_text()

        arrive_by(page.get_by_role("link", name="Team").first)
        check(page)
        follow(page, "Openings")
        page.get_by_label("Clinician").select_option(label="Tomás Delgado")
        page.get_by_label("Openings", exact=True).last.fill("1")
        page.get_by_text("Only at a site, for a plan or a language").click()
        page.get_by_label("Site").fill("Port Wren")
        press(page, "Put it on the board")
        press(page, "One more: Tomás Delgado, Port Wren")
        page.get_by_text("2 openings").first.wait_for()
        check(page)

        page.goto(f"{served.stage.origin}/desk/team/waitlist")
        page.get_by_text("Room now with Tomás Delgado: offer it").wait_for()
        check(page)
        follow(page, "Asha")
        press(page, "I offered it")
        check(page)
        press(page, "They take it")
        assert "Off the list" in page.get_by_role("status").first.inner_text()
    assert served.stage.ledger.waitlist.of(one.id) is None


def test_without_scripts_the_number_comes_after_the_question(
    browser: Browser, served: Group
) -> None:
    one = served.stage.receive()
    with at_the_desk(browser, served, served.nora, PHONE_WIDTH, scripts=False) as page:
        press(page, "Call Maria")
        page.get_by_role("link", name="Call (360) 555-0188").wait_for()
    with at_the_desk(browser, served, served.maria, PHONE_WIDTH, scripts=False) as page:
        page.goto(f"{served.stage.origin}/desk/referrals/{one.id}")
        press(page, "Call (360) 555-0188")
        assert "Nora Ellison is on it since" in page.get_by_role("alert").inner_text()
        press(page, "Call all the same")
        page.get_by_role("link", name="Call (360) 555-0188").wait_for()
