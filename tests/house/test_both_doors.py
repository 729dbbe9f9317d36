"""Both doors end to end: the built site on one origin, a real server on another, with and without scripts."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from form_server.ledger import Ledger
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.web import Assets, Site, collect_assets
from tests.browser import (
    PHONE_WIDTH,
    arriving,
    browser,
    check_everywhere,
    find_violations,
    page,
    press,
)
from tests.house.server_process import ServerProcess
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.things import make_in_memory, render_all
from tests.smtp_faults import FaultySmtpServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser", "page"]

RISK = "She says that she wants to die."


@dataclass
class Doors:
    """`site` is the origin of the built pages, `server` what they post to."""

    site: str
    server: ServerProcess

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory, installation: ServerProcess) -> Path:
    """An installation to copy that knows an office and has two times: a start of the shell each is slow."""
    home = ServerProcess(tmp_path_factory.mktemp("founded"), smtp_port=9)
    home.take_over(installation)
    home.run("source", "add", "k7m2", "Mill Road Family Medicine")
    for days in (2, 3):
        home.run("times", "add", in_days(days).strftime("%Y-%m-%d %H:%M"))
    return home.var


@pytest.fixture(scope="module")
def assets() -> Assets:
    return collect_assets(load_practice(SAMPLE_PRACTICE), make_in_memory())


@pytest.fixture
def doors(
    founded: Path, assets: Assets, tmp_path: Path, relay: FaultySmtpServer
) -> Iterator[Doors]:
    server = ServerProcess(tmp_path, relay.port)
    shutil.copytree(founded, server.var)
    practice = load_practice(SAMPLE_PRACTICE)
    form_url = f"http://127.0.0.1:{server.port}"
    today = practice.today(dt.datetime.now(dt.UTC))
    site = Site(practice=practice, today=today, form_url=form_url, assets=assets.manifest)
    pages = {url: text.encode() for url, text in render_all(site).items()}
    with serve_site({**pages, **assets.files}, form_url) as origin:
        server.more_env = {"HANDOFF_ORIGINS": origin}
        try:
            server.start()
            yield Doors(origin, server)
        finally:
            server.kill()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone's page without scripts."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE_WIDTH, "height": 844}
    )
    yield context.new_page()
    context.close()


@functools.cache  # past midnight the tests still speak of the times that were offered
def in_days(days: int) -> dt.datetime:
    zone = ZoneInfo("America/Los_Angeles")
    now = dt.datetime.now(zone) + dt.timedelta(days=days)
    return now.replace(hour=14, minute=30, second=0, microsecond=0)


def say_time(moment: dt.datetime) -> str:
    return f"{moment:%A, %B} {moment.day}"


def answer_office(page: Page, patient: str, *, known: bool = False) -> None:
    if not known:
        page.get_by_label("Your name").fill("Dana Whitfield")
        page.get_by_label("Your office or organization").fill("Lakeside Family Medicine")
        page.get_by_label("Your callback number").fill("(360) 555-0188")
    page.get_by_label("Patient’s name").fill(patient)
    page.get_by_label("Patient’s phone").fill("360 555 0177")
    page.get_by_label("Something else").check()
    page.get_by_label("The patient agreed that we may contact them").check()


def answer_patient(page: Page, reason: str) -> None:
    page.get_by_label("Your name", exact=True).fill("Zebulon Quillfeather")
    page.get_by_label("Your phone number").fill("360 555 0177")
    page.get_by_label("What would you like help with?").fill(reason)


def stored(doors: Doors) -> list[tuple[str, str | None, frozenset[str]]]:
    """Kind, source and flags of all referrals; the rest is sealed."""
    url = f"sqlite:///{doors.server.var / 'handoff.db'}"
    with Ledger.open(url) as ledger:
        inboxes = [one.id for one in ledger.inboxes.all()]
        found = ledger.referrals.open_in(inboxes).referrals
    return sorted((one.kind, one.source, one.flags) for one in found)


def test_an_office_without_scripts_sends_prints_and_refers_another(
    plain: Page, doors: Doors, relay: FaultySmtpServer
) -> None:
    plain.goto(f"{doors.site}/refer/")
    answer_office(plain, "Zebulon Quillfeather")
    plain.get_by_text("More, if it helps").click()
    plain.get_by_label("Your e-mail", exact=True).fill("dana@lakeside.example")
    press(plain, "Send the referral")
    assert plain.url.startswith(f"{doors.origin}/status/")
    assert "Whitfield" not in plain.url
    body = plain.locator("main").inner_text()
    for said in ("Thank you. The referral is in.", "will call you.", "do not wait for us"):
        assert said in body
    for kept_out in ("Zebulon", "555 0177", "555-0177"):
        assert kept_out not in plain.content()
    plain.locator("svg.qr").wait_for()

    press(plain, "Refer another patient")
    assert plain.url == f"{doors.origin}/refer/again"
    assert plain.get_by_label("Your name").input_value() == "Dana Whitfield"
    assert plain.get_by_label("Patient’s name").input_value() == ""
    answer_office(plain, "Theodora Quill", known=True)
    press(plain, "Send the referral")
    assert plain.url.startswith(f"{doors.origin}/status/")
    assert len(stored(doors)) == 2

    mails = relay.wait_for(4)
    to_office = [one for one in mails if tuple(one.recipients) == ("dana@lakeside.example",)]
    assert len(to_office) == 2
    assert all(b"Zebulon" not in one.data and b"Dana" not in one.data for one in to_office)


def test_a_patient_without_scripts_is_stopped_once_and_sends(plain: Page, doors: Doors) -> None:
    plain.goto(f"{doors.origin}/hello?source=K7M2")
    assert "Your card is from Mill Road Family Medicine." in plain.locator("main").inner_text()
    answer_patient(plain, "I want to die")
    plain.get_by_label(say_time(in_days(2))).check()
    press(plain, "Please call me")
    assert plain.get_by_role("heading", level=1).inner_text() == "Are you safe right now?"
    assert stored(doors) == []
    press(plain, "Send it now")
    assert plain.url.startswith(f"{doors.origin}/status/")
    assert say_time(in_days(2)) in plain.locator("main").inner_text()
    assert stored(doors) == [("self", "k7m2", frozenset({"read_first"}))]


def test_the_built_page_with_a_script_learns_office_and_times_and_stops_once(
    page: Page,
    doors: Doors,
) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{doors.site}/refer/?source=k7m2")
    page.get_by_text("From Mill Road Family Medicine.").wait_for()
    times = page.get_by_role("group", name="A time for the first call")
    times.get_by_label(say_time(in_days(3))).check()
    assert find_violations(page) == []
    answer_office(page, "Zebulon Quillfeather", known=True)
    page.get_by_text("More, if it helps").click()
    page.get_by_label("A note").fill(RISK)
    page.get_by_role("button", name="Send the referral").click()
    page.locator("#risk").wait_for(state="visible")
    assert "not sent yet" in page.locator("#risk").inner_text()
    assert find_violations(page) == []
    assert stored(doors) == []
    page.get_by_role("button", name="Send it now").click()
    page.locator("#receipt").wait_for(state="visible")
    assert stored(doors) == [("office", "k7m2", frozenset({"read_first"}))]

    page.get_by_role("button", name="Refer another patient").click()
    page.get_by_label(say_time(in_days(3))).wait_for(state="detached")  # that one is taken
    page.get_by_label(say_time(in_days(2))).wait_for()
    assert said == []


def test_a_time_that_went_meanwhile_is_said_in_the_page(
    page: Page,
    doors: Doors,
) -> None:
    page.goto(f"{doors.site}/hello/")
    page.get_by_label(say_time(in_days(2))).check()
    url = f"sqlite:///{doors.server.var / 'handoff.db'}"
    with Ledger.open(url) as ledger:
        (first, _) = ledger.first_calls.free(dt.datetime.now(dt.UTC))
    taken = {
        "kind": "self", "patient_name": "Ana", "patient_phone": "360 555 0166", "reasons": "sleep",
        "first_call": first.id,
    }  # fmt: skip
    assert doors.server.refer(taken).status == 201
    answer_patient(page, "I cannot sleep")
    page.get_by_role("button", name="Please call me").click()
    page.locator("#first_call-error").wait_for(state="visible")
    assert page.get_by_label(say_time(in_days(2))).count() == 0
    assert page.get_by_label("Your name", exact=True).input_value() == "Zebulon Quillfeather"
    page.get_by_label(say_time(in_days(3))).check()
    page.get_by_role("button", name="Please call me").click()
    page.locator("#receipt").wait_for(state="visible")
    assert len(stored(doors)) == 2


def test_the_servers_own_pages_are_accessible_and_fit(page: Page, doors: Doors) -> None:
    for path in ("/refer/?source=k7m2", "/hello?source=k7m2"):
        page.goto(doors.origin + path)
        check_everywhere(page)
    answer_patient(page, "I want to die")
    with arriving(page):
        page.evaluate("document.getElementById('referral').submit()")  # as without a script
    page.get_by_role("heading", name="Are you safe right now?").wait_for()
    check_everywhere(page)
    press(page, "Send it now")
    assert page.url.startswith(f"{doors.origin}/status/")
    check_everywhere(page)
