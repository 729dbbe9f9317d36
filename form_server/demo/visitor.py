"""Somebody at a browser: an office that refers, and a therapist who opens the desk. Plain HTTP."""

from __future__ import annotations

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from outreach_kit.errors import MachineError

REFERRAL: Final[Mapping[str, object]] = {
    "referrer_name": "Dana Whitfield, medical assistant",
    "referrer_office": "Lakeside Family Medicine",
    "referrer_phone": "(360) 555-0188",
    "patient_name": "Marlowe Testperson",
    "patient_phone": "(360) 555-0119",
    "reasons": ["panic"],
    "patient_agreed": True,
    "voicemail_ok": True,
    "timing": "soon",
    "note": "Heart checked in October, all clear. Prefers a call after four.",
}
_TIMEOUT_S: Final = 10.0


@dataclass(frozen=True)
class Answer:
    """What came back; `url` is where the redirects ended."""

    status: int
    url: str
    body: str


class Visitor:
    """Follows redirects and keeps cookies, as a browser does, and sends the origin it is on."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))

    def refer(self, referral: Mapping[str, object] = REFERRAL) -> dict[str, str]:
        """Send the form as its script does; returns receipt, status_url, received_at, promised_by."""
        answer = self._send(
            "/referrals",
            json.dumps(referral).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        if answer.status != 201:
            raise MachineError(
                f"The referral was answered with {answer.status}: {answer.body[:300]}"
            )
        received: dict[str, str] = json.loads(answer.body)
        return received

    def sign_in(self, name: str, passphrase: str) -> Answer:
        form = urllib.parse.urlencode({"name": name, "passphrase": passphrase}).encode()
        answer = self._send("/desk/sign-in", form, {})
        if answer.status != 200 or answer.url.endswith("/sign-in"):
            raise MachineError(f"The desk did not open: it answered {answer.status}.")
        return answer

    def open_first_referral(self, list_page: Answer) -> Answer:
        """Tap the first referral on the list."""
        found = re.search(r'href="(/desk/referrals/[A-Za-z0-9]+)"', list_page.body)
        if found is None:
            raise MachineError("The desk's list shows no referral.")
        return self.open(found[1])

    def open(self, path: str) -> Answer:
        return self._send(path, None, {})

    def _send(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            self._base_url + path, data=body, headers={"Origin": self._base_url, **headers}
        )
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S) as response:
                return Answer(response.status, response.url, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(
                    error.code, error.url or path, error.read().decode("utf-8", "replace")
                )
        except OSError as error:
            raise MachineError(f"{self._base_url}{path} did not answer: {error}.") from error
