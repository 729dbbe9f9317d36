"""Passkeys with a device that Chromium plays: registration, one touch, and what is refused."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form_server.desk.entry.ceremony import relying_party
from form_server.keys import invite
from form_server.keys.holding import Keyholder
from form_server.ledger import Role
from form_server.ledger.tables import passkey
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    browser,
    check,
    find_violations,
    follow,
    page,
    press,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.entry.device import Device, add_device, signed_in, touch
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import EMAIL, HTTPS, Stage, hidden

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    """By name: browsers have no passkeys for a bare number."""
    with on_a_port(founded, assets, tmp_path, "localhost") as stage:
        yield stage


def test_one_touch_opens_the_referrals(page: Page, served: Stage) -> None:
    referral = served.receive()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    device = Device(page)
    add_device(page, served)
    assert find_violations(page) == []

    touch(page, served, f"/desk/referrals/{referral.id}")

    page.get_by_role("heading", name="Maria Delgado").wait_for()
    (row,) = served.ledger.passkeys.of_user(served.founding.user_id)
    assert row.last_used_at is not None
    assert row.sign_count >= 1
    (credential,) = device.credentials()
    assert credential["isResidentCredential"]
    assert base64.b64decode(credential["userHandle"]).decode() == served.founding.user_id
    assert "passkey.added" in served.actions()
    assert said == []


def test_the_second_touch_counts_on(page: Page, served: Stage) -> None:
    Device(page)
    add_device(page, served)
    for _ in range(2):
        touch(page, served)
        page.get_by_role("heading", name="Nobody is waiting").wait_for()
        press(page, "Sign out")
        page.wait_for_url("**/sign-in?ended=1")

    (row,) = served.ledger.passkeys.of_user(served.founding.user_id)
    with served.ledger._store.write() as connection:  # a copy of the device went further
        connection.execute(passkey.update().values(sign_count=row.sign_count + 10))
    touch(page, served)

    assert "does not open the desk" in page.get_by_role("alert").first.inner_text()


def test_a_device_without_prf_is_refused_before_anything_is_stored(
    page: Page, served: Stage
) -> None:
    Device(page, has_prf=False)
    with signed_in(page, served):
        page.goto(f"{served.origin}/desk/passkeys")
        page.get_by_role("button", name="Add this device").click()

        page.get_by_text("none that can open referrals").wait_for()
        assert page.get_by_role("button", name="Add this device").is_enabled()
        assert find_violations(page) == []
    assert served.ledger.passkeys.of_user(served.founding.user_id) == []


def test_a_device_that_knows_its_owner_no_more_opens_nothing(page: Page, served: Stage) -> None:
    device = Device(page)
    add_device(page, served)
    device.loses_the_finger()

    page.goto(f"{served.origin}/desk/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("Nothing was done").wait_for()
    assert "/desk/sign-in" in page.url


def test_a_second_passkey_on_the_same_device_is_refused(page: Page, served: Stage) -> None:
    Device(page)
    add_device(page, served)
    with signed_in(page, served):
        page.goto(f"{served.origin}/desk/passkeys")
        page.get_by_role("button", name="Add this device").click()
        page.get_by_text("This device opens your desk already").wait_for()


def test_a_removed_passkey_opens_nothing(page: Page, served: Stage) -> None:
    Device(page)
    add_device(page, served)
    with signed_in(page, served):
        page.goto(f"{served.origin}/desk/passkeys")
        press(page, "Remove")
        page.get_by_text("opens nothing any more").wait_for()

    touch(page, served)

    assert "does not open the desk" in page.get_by_role("alert").first.inner_text()


def test_the_invited_come_in_by_a_touch_alone(page: Page, served: Stage) -> None:
    served.receive()
    owner = Keyholder.of_user(served.ledger.people.user(served.founding.user_id), served.user_key)
    invited = invite(
        served.ledger, owner, name="Sam Rivera", email="sam@harborstreet.example",
        role=Role.CLINICIAN, inbox_ids=[served.founding.inbox_id], now=served.clock(),
    )  # fmt: skip
    Device(page)
    page.goto(f"{served.origin}/desk/invitations/{invited.secret.token}")
    assert find_violations(page) == []
    page.get_by_label("Show me six words, too").uncheck()
    press(page, "Use a passkey")
    page.get_by_role("link", name="Maria", exact=True).wait_for()
    press(page, "Sign out")
    page.wait_for_url("**/sign-in?ended=1")

    touch(page, served)

    page.get_by_role("link", name="Maria", exact=True).wait_for()
    assert served.ledger.people.user(invited.invitation_id).name == "Sam Rivera"


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_lost_words_are_replaced_on_pages_for_everybody(
    page: Page, served: Stage, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{served.origin}/desk/sign-in")
    follow(page, "I lost my words")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("The eight groups of the sheet").fill("7XK2-9QPM")
    press(page, "Give me six new words")
    page.get_by_role("alert").wait_for()
    assert find_violations(page) == []
    page.get_by_label("The eight groups").fill("\n".join(served.founding.recovery.groups))
    press(page, "Give me six new words")
    words = page.locator(".words").inner_text()
    check(page)

    follow(page, "I wrote them down: sign in")
    page.get_by_label("Name or e-mail").fill(EMAIL)
    page.get_by_label("Your six words").fill(words)
    press(page, "Sign in", exact=True)
    page.get_by_role("heading", name="Nobody is waiting").wait_for()


def test_the_invited_come_in_without_scripts(browser: Browser, served: Stage) -> None:
    owner = Keyholder.of_user(served.ledger.people.user(served.founding.user_id), served.user_key)
    invited = invite(
        served.ledger, owner, name="Sam Rivera", email="sam@harborstreet.example",
        role=Role.CLINICIAN, inbox_ids=[served.founding.inbox_id], now=served.clock(),
    )  # fmt: skip
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.origin}/desk/invitations/{invited.secret.token}")
    assert not page.get_by_role("button", name="Use a passkey").is_visible()

    press(page, "Show me my six words")
    follow(page, "I wrote them down")

    page.get_by_role("heading", name="Nobody is waiting").wait_for()
    context.close()


def test_guessing_by_passkey_is_slowed_down(stage: Stage) -> None:
    codes = [
        stage.post("/desk/sign-in/passkey", {"credential": "{}"}).status_code for _ in range(7)
    ]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_options_tell_a_stranger_nothing_of_anybody(stage: Stage) -> None:
    asked: dict[str, Any] = stage.get("/desk/sign-in/passkey").get_json()

    assert asked["userVerification"] == "required"
    assert "allowCredentials" not in asked or asked["allowCredentials"] == []
    assert asked["rpId"] == "refer.harborstreet.example"


def test_registration_needs_a_session_and_its_own_challenge(desk: Stage) -> None:
    assert desk.get("/desk/passkeys/options", desk.app.test_client()).status_code == 303
    token = hidden(desk.get("/desk/passkeys").text, "csrf_token")
    answer = desk.post("/desk/passkeys", {"csrf_token": token, "credential": "{}", "prf": ""})
    assert answer.status_code == 422
    assert desk.ledger.passkeys.of_user(desk.founding.user_id) == []


def test_nobody_removes_the_passkey_of_another(desk: Stage) -> None:
    token = hidden(desk.get("/desk/passkeys").text, "csrf_token")
    answer = desk.post("/desk/passkeys/somebody-elses/remove", {"csrf_token": token})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (HTTPS, "refer.harborstreet.example"),
        ("http://localhost:8080", "localhost"),
        ("http://127.0.0.1:8080", None),
        ("http://[::1]:8080", None),
        ("http://refer.harborstreet.example", None),
    ],
)
def test_passkeys_are_offered_where_browsers_have_them(
    stage: Stage, url: str, host: str | None
) -> None:
    assert relying_party(replace(stage.desk, public_url=url)) == host
