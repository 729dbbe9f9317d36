"""Two people at once in real browsers: one takes it, the other is told; handed over, kept a place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form_server.desk.entry.sessions import begin_session
from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.group import Group, Member, make_group
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.test_in_browser import check

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
    stage = group.stage
    user = stage.ledger.people.user(who.id)
    token = begin_session(stage.desk, user, who.key, "").token
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "desk", "value": token, "url": stage.origin}])
    page = context.new_page()
    page.goto(f"{stage.origin}/desk/")
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
        nora.get_by_role("button", name="I take it").click()
        nora.get_by_text("You are on it since").wait_for()
        check(nora)

        # Maria's list is a moment old: she is told who took it, and when.
        maria.get_by_role("button", name="I take it").click()
        assert "Nora Ellison took it first, at 12:30" in maria.get_by_role("alert").inner_text()
        check(maria)

        maria.get_by_role("button", name="Call (360) 555-0188").click()
        maria.wait_for_url("**ring=held#who")
        assert "Nora Ellison is on it since" in maria.get_by_role("alert").inner_text()
        check(maria)
        numbers = dialed(maria)
        with maria.expect_response("**/ring") as answer:
            maria.get_by_role("button", name="Call all the same").click()
        assert answer.value.json()["tel"] == "tel:+13605550188"
        maria.wait_for_function("document.querySelectorAll('button:disabled').length === 0")
        assert "tel:+13605550188" in numbers

        nora.goto(f"{served.stage.origin}/desk/referrals/{one.id}")
        nora.get_by_text("Call tapped, knowing of Nora Ellison").wait_for()
        nora.get_by_role("button", name="Hand it to Ana Lucía Ruiz-Montenegro").click()
        assert "Handed over" in nora.get_by_role("status").inner_text()
        check(nora)
    with at_the_desk(browser, served, served.ana, width) as ana:
        ana.get_by_role("link", name="Maria", exact=True).click()
        ana.get_by_text("Give it to somebody").click()
        check(ana)
        ana.get_by_role("button", name="Give it back to").click()
        ana.get_by_role("heading", name="Team").wait_for()
    assert served.stage.ledger.referrals.get(one.id).inbox_id == served.front


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_a_place_on_the_waitlist_an_opening_and_the_offer(
    browser: Browser, served: Group, width: int
) -> None:
    teen = {"reasons": ["teen-low"], "reason_labels": ["Teen gone quiet"], "age_band": "teen"}
    one = served.stage.receive(**teen, language="Spanish", patient_name="Asha Rao")  # type: ignore[arg-type]
    with at_the_desk(browser, served, served.nora, width) as page:
        page.get_by_role("link", name="Asha").click()
        page.get_by_text("What to tell them (Spanish)").click()
        page.get_by_text("No room now? Keep them a place").click()
        page.get_by_label("For what").select_option("evening")
        check(page)
        page.get_by_role("button", name="Put them on the waitlist").click()
        assert "The promise is kept." in page.get_by_role("status").first.inner_text()

        page.get_by_role("link", name="Team").first.click()
        check(page)
        page.get_by_role("link", name="Openings").click()
        page.get_by_label("Clinician").select_option(label="Tomás Delgado")
        page.get_by_label("Openings", exact=True).last.fill("1")
        page.get_by_text("Only at a site, for a plan or a language").click()
        page.get_by_label("Site").fill("Port Wren")
        page.get_by_role("button", name="Put it on the board").click()
        page.get_by_role("button", name="One more: Tomás Delgado, Port Wren").click()
        page.get_by_text("2 openings").first.wait_for()
        check(page)

        page.goto(f"{served.stage.origin}/desk/team/waitlist")
        page.get_by_text("Room now with Tomás Delgado: offer it").wait_for()
        check(page)
        page.get_by_role("link", name="Asha").click()
        page.get_by_role("button", name="I offered it").click()
        check(page)
        page.get_by_role("button", name="They take it").click()
        assert "Off the list" in page.get_by_role("status").first.inner_text()
    assert served.stage.ledger.waitlist.of(one.id) is None


def test_without_scripts_the_number_comes_after_the_question(
    browser: Browser, served: Group
) -> None:
    one = served.stage.receive()
    with at_the_desk(browser, served, served.nora, PHONE_WIDTH, scripts=False) as page:
        page.get_by_role("button", name="Call Maria").click()
        page.get_by_role("link", name="Call (360) 555-0188").wait_for()
    with at_the_desk(browser, served, served.maria, PHONE_WIDTH, scripts=False) as page:
        page.goto(f"{served.stage.origin}/desk/referrals/{one.id}")
        page.get_by_role("button", name="Call (360) 555-0188").click()
        assert "Nora Ellison is on it since" in page.get_by_role("alert").inner_text()
        page.get_by_role("button", name="Call all the same").click()
        page.get_by_role("link", name="Call (360) 555-0188").wait_for()
