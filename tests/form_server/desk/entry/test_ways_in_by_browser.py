"""A second step set up and used, and an empty desk's first owner, in a real browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from werkzeug.serving import make_server

from form_server.desk import Desk
from form_server.first_owner import invite_first_owner
from form_server.keys import second_factor_of
from form_server.ledger import Ledger
from form_server.vault import AuthenticatorSecret, ServerKey, step_at
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    browser,
    check,
    follow,
    page,
    press,
    settle,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.entry.device import Device, signed_in
from tests.form_server.desk.serving import (
    Gate,
    SilentHandler,
    assets,
    on_a_port,
    running,
    serve_assets,
)
from tests.form_server.desk.stage import EMAIL, MovableClock, Stage, make_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]
_WIDTHS = (PHONE_WIDTH, DESKTOP_WIDTH)


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "localhost") as stage:
        yield stage


def listen(page: Page) -> list[str]:
    """What the page complains about; other hosts are asked for nothing."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.on(
        "request",
        lambda asked: None if "localhost" in asked.url else said.append(f"asked {asked.url}"),
    )
    return said


def type_words(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.origin}/desk/")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(stage.founding.passphrase)
    press(page, "Sign in", exact=True)


def scan(page: Page, folder: Path) -> AuthenticatorSecret:
    """The secret as an app's camera takes it from the screen."""
    settle(page)
    shot = folder / "qr.png"
    page.locator(".scan").screenshot(path=shot)
    with Image.open(shot) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("RGB"))
    assert found.text.startswith("otpauth://totp/")
    letters = re.search(r"secret=([A-Z2-7]+)", found.text)
    assert letters
    return AuthenticatorSecret(base64.b32decode(letters[1]))


@pytest.mark.parametrize("width", _WIDTHS)
def test_an_app_is_scanned_proven_and_asked_for(
    page: Page, served: Stage, tmp_path: Path, width: int
) -> None:
    said = listen(page)
    page.set_viewport_size({"width": width, "height": 844})
    with signed_in(page, served):
        page.goto(f"{served.origin}/desk/devices")
        follow(page, "Ask for a second step")
        check(page)
        app = scan(page, tmp_path)
        page.get_by_text("It cannot scan").click()
        assert app.letters in page.locator(".secret").inner_text().replace(" ", "")
        page.get_by_label("The six digits that it shows now").fill(
            app.digits(step_at(served.clock()))
        )
        press(page, "Ask for these digits")
        page.get_by_text("asks for your app’s six digits").wait_for()
        check(page)
    served.clock.advance(minutes=1)

    type_words(page, served)
    page.get_by_role("heading", name="One more step").wait_for()
    check(page)
    page.get_by_label("The six digits of your app").fill("000000")
    press(page, "Open the desk")
    page.get_by_text("do not fit").wait_for()
    check(page)
    page.get_by_label("The six digits of your app").fill(app.digits(step_at(served.clock())))
    press(page, "Open the desk")
    page.get_by_role("heading", name="Nobody is waiting").wait_for()
    assert [line for line in said if "422" not in line] == []


def test_a_device_that_opens_no_key_is_asked_for_after_the_words(page: Page, served: Stage) -> None:
    said = listen(page)
    Device(page, has_prf=False)
    with signed_in(page, served):
        page.goto(f"{served.origin}/desk/second-factor")
        press(page, "Ask for this device from now on")
        page.get_by_text("asks for that device").wait_for()
        check(page)
    asked = second_factor_of(served.ledger, served.founding.user_id)
    assert asked is not None
    assert [one.opens_key for one in asked.devices] == [False]

    type_words(page, served)
    page.get_by_role("heading", name="One more step").wait_for()
    assert page.get_by_label("The six digits of your app").count() == 0
    check(page)
    press(page, "Use my device")
    page.get_by_role("heading", name="Nobody is waiting").wait_for()
    assert said == []

    page.context.clear_cookies()
    page.goto(f"{served.origin}/desk/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.locator("[data-said]").get_by_text("none that can open referrals").wait_for()


@dataclass
class EmptyDesk:
    origin: str
    link: str
    ledger: Ledger


@pytest.fixture
def empty(assets: Assets, tmp_path: Path) -> Iterator[EmptyDesk]:
    practice, clock, gate = load_practice(SAMPLE_PRACTICE), MovableClock(), Gate()
    server = make_server("127.0.0.1", 0, gate, threaded=True, request_handler=SilentHandler)
    origin = f"http://localhost:{server.server_port}"
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock) as ledger:
        ledger.migrate()
        invited = invite_first_owner(ledger, email=EMAIL, now=clock())
        desk = Desk(
            ledger=ledger,
            practice=lambda: practice,
            public_url=origin,
            server_key=ServerKey.generate(),
            assets=assets.manifest,
            clock=clock,
        )
        app: Flask = make_app(desk)
        serve_assets(app, assets)
        gate.app = app
        with running(server):
            yield EmptyDesk(origin, f"{origin}/desk/begin/{invited.secret.token}", ledger)


def fill_back(page: Page, kind: str, right: list[str]) -> None:
    """The two that are asked for, by their numbers."""
    for label in page.locator("label", has_text=re.compile(rf"^{kind} \d$")).all_inner_texts():
        page.get_by_label(label, exact=True).fill(right[int(label.split()[1]) - 1])


@pytest.mark.parametrize("width", _WIDTHS)
def test_the_first_owner_comes_from_a_link_to_a_working_desk(
    page: Page, empty: EmptyDesk, width: int
) -> None:
    said = listen(page)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(empty.link)
    check(page)
    page.get_by_label("Your name, as the desk greets you").fill("Nora Ellison")
    press(page, "Show me my six words")
    words = page.locator(".words").inner_text().split()
    assert len(words) == 6
    check(page)
    press(page, "I wrote them down")
    check(page)
    fill_back(page, "Word", words)
    press(page, "Go on to the recovery sheet")
    check(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the sheet to print").click()
    assert started.value.suggested_filename == "recovery-sheet.pdf"
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_text("I have no printer").click()
    groups = page.locator(".groups code").all_inner_texts()
    check(page)
    fill_back(page, "Group", groups)
    press(page, "Open my desk")
    page.get_by_role("heading", name="Nobody is waiting").wait_for()
    check(page)
    assert said == []

    page.context.clear_cookies()
    page.goto(f"{empty.origin}/desk/")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(" ".join(words))
    press(page, "Sign in", exact=True)
    page.get_by_role("heading", name="Nobody is waiting").wait_for()
    assert len(empty.ledger.inboxes.all()) == 1
