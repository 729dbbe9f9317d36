"""A device with passkeys that Chromium plays, and what somebody does with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser import press
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page


class Device:
    """An authenticator that is part of the browser; a finger on it is taken for granted."""

    def __init__(self, page: Page, *, has_prf: bool = True) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": has_prf,
        }
        added = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id: str = added["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        answer = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        found: list[dict[str, Any]] = answer["credentials"]
        return found

    def loses_the_finger(self) -> None:
        self.cdp.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False}
        )


@contextmanager
def signed_in(page: Page, stage: Stage) -> Iterator[None]:
    client = stage.let_in()
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    assert cookie is not None
    page.context.add_cookies([{"name": "desk", "value": cookie.value, "url": stage.origin}])
    yield
    page.context.clear_cookies()


def add_device(page: Page, stage: Stage) -> None:
    with signed_in(page, stage):
        page.goto(f"{stage.origin}/desk/passkeys")
        press(page, "Add this device")
        page.get_by_text("opens your desk with one touch from now on").wait_for()


def touch(page: Page, stage: Stage, where: str = "/desk/") -> None:
    page.goto(f"{stage.origin}{where}")
    press(page, "Sign in with a passkey")
