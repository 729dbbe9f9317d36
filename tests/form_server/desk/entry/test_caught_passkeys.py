"""What a real device sent is caught, altered, delayed and sent again: only the untouched opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form_server.ledger.tables import desk_user, passkey
from form_server.vault import KeyPair, ServerKey
from outreach_kit.web import Assets
from tests.browser import browser, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.entry.device import Device, add_device, touch
from tests.form_server.desk.serving import assets, on_a_port
from tests.form_server.desk.stage import Stage, make_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    """By name: browsers have no passkeys for a bare number."""
    with on_a_port(founded, assets, tmp_path, "localhost") as stage:
        yield stage


class Caught:
    """The form that a real device filled in, caught before the desk had it."""

    def __init__(self, page: Page, stage: Stage) -> None:
        Device(page)
        add_device(page, stage)
        self.form: dict[str, str] = {}
        page.route("**/desk/sign-in/passkey", self._catch)
        touch(page, stage)
        page.get_by_text("caught").wait_for()
        self.stage = stage
        self._numbers = count(1)

    def _catch(self, route: Any) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        fields = route.request.post_data_json
        self.form = dict(fields)
        route.fulfill(body="caught", content_type="text/html")

    def send(self, **changes: str) -> int:
        """From another address each time: guesses from one of them would have to wait."""
        data, client = {**self.form, **changes}, self.stage.app.test_client()
        address = {"REMOTE_ADDR": f"198.51.100.{next(self._numbers)}"}
        answer = self.stage.post("/desk/sign-in/passkey", data, client, environ_overrides=address)
        return answer.status_code


@pytest.fixture
def caught(page: Page, served: Stage) -> Caught:
    return Caught(page, served)


def test_an_answer_is_good_once(caught: Caught) -> None:
    assert caught.send() == 303
    with caught.stage.ledger._store.write() as connection:  # a device that does not count
        connection.execute(passkey.update().values(sign_count=0))
    assert caught.send() == 422


def test_an_answer_that_comes_late_is_refused(caught: Caught) -> None:
    caught.stage.clock.advance(minutes=5)
    assert caught.send() == 422


def test_an_answer_without_the_right_secret_opens_nothing(caught: Caught) -> None:
    for prf in ("", "AAAA", "A" * 43, "!", caught.form["prf"][:-2] + "AA"):
        assert caught.send(prf=prf) == 422
    assert (
        caught.stage.ledger.passkeys.of_user(caught.stage.founding.user_id)[0].last_used_at is None
    )


def test_an_altered_answer_is_refused_and_nothing_breaks(caught: Caught) -> None:
    whole = json.loads(caught.form["credential"])
    for name in ("signature", "authenticatorData", "clientDataJSON", "userHandle"):
        for change in ("", "AAAA", "é", whole["response"][name][:-3] + "AAA"):
            broken = {**whole, "response": {**whole["response"], name: change}}
            if change != whole["response"][name]:
                assert caught.send(credential=json.dumps(broken)) == 422, (name, change)
        without = {key: value for key, value in whole["response"].items() if key != name}
        assert caught.send(credential=json.dumps({**whole, "response": without})) == 422
    for nonsense in ("", "null", "[]", "{}", "[" * 4_500, '{"id": 1}', "é", "x" * 13_000):
        assert caught.send(credential=nonsense) == 422, nonsense[:20]


def test_a_passkey_moved_to_another_row_opens_nothing(caught: Caught) -> None:
    with caught.stage.ledger._store.write() as connection:
        connection.execute(passkey.update().values(id="0" * 26))
    assert caught.send() == 422


def test_a_flipped_bit_in_the_lock_opens_nothing(caught: Caught) -> None:
    (row,) = caught.stage.ledger.passkeys.of_user(caught.stage.founding.user_id)
    locked = bytearray(row.locked_private_key)
    locked[-1] ^= 1
    with caught.stage.ledger._store.write() as connection:
        connection.execute(passkey.update().values(locked_private_key=bytes(locked)))
    assert caught.send() == 422


def test_a_challenge_of_another_server_is_refused(caught: Caught) -> None:
    stage = caught.stage
    other = make_app(replace(stage.desk, server_key=ServerKey.generate()))
    answer = stage.post("/desk/sign-in/passkey", caught.form, other.test_client())
    assert answer.status_code == 422


def test_a_public_key_swapped_under_the_passkey_is_noticed(caught: Caught) -> None:
    strangers = KeyPair.generate().public.to_bytes()
    with caught.stage.ledger._store.write() as connection:
        connection.execute(desk_user.update().values(public_key=strangers))
    assert caught.send() == 409


def test_an_address_without_passkeys_says_so(caught: Caught) -> None:
    desk = replace(caught.stage.desk, public_url="http://127.0.0.1:8080")
    answer = make_app(desk).test_client().get("/desk/sign-in/passkey")
    assert answer.status_code == 404
    assert "Sign in with your six words." in answer.text
