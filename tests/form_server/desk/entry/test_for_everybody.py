"""A practice that asks every user for a second step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.keys import Keyholder, add_authenticator
from form_server.ledger import MetChallenge, NewPasskey
from form_server.vault import AuthenticatorSecret, step_at
from tests.form_server.desk.guarding.ways import addresses
from tests.form_server.desk.stage import Stage

SET_UP = "/desk/second-factor?done=first"
OPEN_TO_SET_UP = {
    "desk.show_second_factor",
    "desk.take_app",
    "desk.take_second_device",
    "desk.show_passkeys",
    "desk.passkey_options",
    "desk.take_passkey",
    "desk.sign_out",
}


@pytest.fixture
def asked(desk: Stage) -> Stage:
    """The practice asks everybody, and its owner has nothing set up yet."""
    form = {"csrf_token": desk.csrf_token, "everybody": "yes"}
    answer = desk.post("/desk/second-factor/everybody", form)
    assert answer.headers["Location"] == "/desk/second-factor?done=all"
    return desk


def give_app(stage: Stage) -> AuthenticatorSecret:
    user = stage.ledger.people.user(stage.founding.user_id)
    app = AuthenticatorSecret.generate()
    digits = app.digits(step_at(stage.clock()))
    holder = Keyholder.of_user(user, stage.user_key)
    add_authenticator(stage.ledger, holder, app, digits, stage.clock())
    stage.clock.advance(minutes=1)
    return app


def test_without_a_second_step_every_page_leads_to_setting_it_up(asked: Stage) -> None:
    referral = asked.receive()
    token = asked.get("/desk/second-factor").text.split('csrf_token" value="')[1].split('"')[0]
    tried = 0
    for one in addresses(asked):
        if one.is_open or one.endpoint in OPEN_TO_SET_UP:
            continue
        path = one.path(referral_id=referral.id)
        answer = asked.get(path) if one.method == "GET" else asked.post(path, {"csrf_token": token})
        assert (answer.status_code, answer.headers.get("Location")) == (303, SET_UP), str(one)
        tried += 1
    assert tried > 30
    assert "asks everybody for a second step" in asked.get(SET_UP).text


def test_with_one_the_desk_opens(asked: Stage) -> None:
    assert asked.get("/desk/").status_code == 303
    give_app(asked)
    assert asked.get("/desk/").status_code == 200


def test_a_passkey_that_opens_the_key_is_no_way_past_it_by_words(asked: Stage) -> None:
    user_id = asked.founding.user_id
    new = NewPasskey("p", user_id, b"c", b"public", 0, b"locked", "Phone")
    met = MetChallenge(bytes(32), asked.clock() + timedelta(minutes=5))
    asked.ledger.passkeys.add(new, met, actor="test")
    assert asked.get("/desk/").status_code == 200, "in by one touch"
    asked.client = asked.app.test_client()
    assert asked.try_to_sign_in().headers["Location"].startswith("/desk/sign-in/second")
    assert asked.get("/desk/").status_code == 303


def test_it_is_on_record_and_can_be_taken_back(asked: Stage) -> None:
    assert "second_factor.policy_set" in asked.actions()
    give_app(asked)
    asked.client = asked.let_in()
    form = {"csrf_token": asked.csrf_token, "everybody": "no"}
    assert asked.post("/desk/second-factor/everybody", form).status_code == 303
    assert not asked.ledger.second_factors.is_for_all()


def test_it_is_decided_only_soon_after_signing_in(desk: Stage) -> None:
    token = desk.csrf_token
    desk.clock.advance(minutes=11)
    form = {"csrf_token": token, "everybody": "yes"}
    assert desk.post("/desk/second-factor/everybody", form).status_code == 403
    assert not desk.ledger.second_factors.is_for_all()
