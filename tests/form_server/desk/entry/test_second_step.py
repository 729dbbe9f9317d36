"""The second step after the six words: digits that count once, and a device."""

from __future__ import annotations

import base64
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from form_server.desk.entry.waiting import WAITS
from form_server.keys import Keyholder, accept, add_authenticator, invite, readmit, second_factor_of
from form_server.ledger import Role
from form_server.vault import AuthenticatorSecret, BoxRefused, PrivateKey, step_at
from tests.form_server.desk.stage import Stage, hidden

STEP = "/desk/sign-in/second"


@pytest.fixture
def secret(stage: Stage) -> AuthenticatorSecret:
    """Of an app that the owner has; its first digits were taken at enrolment."""
    user = stage.ledger.people.user(stage.founding.user_id)
    secret = AuthenticatorSecret.generate()
    holder = Keyholder.of_user(user, stage.user_key)
    digits = secret.digits(step_at(stage.clock()))
    add_authenticator(stage.ledger, holder, secret, digits, stage.clock())
    stage.clock.advance(minutes=1)
    return secret


def digits_now(stage: Stage, secret: AuthenticatorSecret, off: int = 0) -> str:
    return secret.digits(step_at(stage.clock()) + off)


def type_digits(stage: Stage, code: str, client: FlaskClient | None = None) -> TestResponse:
    return stage.post(STEP, {"code": code, "next": "/desk/devices"}, client)


def is_in(stage: Stage, client: FlaskClient | None = None) -> bool:
    return stage.get("/desk/", client).status_code == 200


def test_words_alone_do_not_open_the_desk(stage: Stage, secret: AuthenticatorSecret) -> None:
    answer = stage.try_to_sign_in(next="/desk/devices")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{STEP}?next=/desk/devices"
    assert not is_in(stage)
    assert stage.ledger.sessions.of_user(stage.founding.user_id, stage.clock()) == []
    page = stage.get(answer.headers["Location"])
    assert "The six digits of your app" in page.text
    assert hidden(page.text, "next") == "/desk/devices"


def test_the_digits_of_now_open_it(stage: Stage, secret: AuthenticatorSecret) -> None:
    stage.try_to_sign_in()
    code = digits_now(stage, secret)
    answer = type_digits(stage, f"{code[:3]} {code[3:]}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/devices")
    assert is_in(stage)
    assert stage.actions()[-2:] == ["session.started", "list.opened"]


@pytest.mark.parametrize("off", [-1, 1])
def test_a_clock_half_a_minute_off_is_forgiven(
    stage: Stage, secret: AuthenticatorSecret, off: int
) -> None:
    stage.try_to_sign_in()
    assert type_digits(stage, digits_now(stage, secret, off)).status_code == 303


@pytest.mark.parametrize("off", [-3, 2])
def test_digits_of_another_minute_are_refused(
    stage: Stage, secret: AuthenticatorSecret, off: int
) -> None:
    stage.try_to_sign_in()
    answer = type_digits(stage, digits_now(stage, secret, off))
    assert answer.status_code == 422
    assert "do not fit" in answer.text
    assert not is_in(stage)


def test_digits_that_were_used_are_refused_in_their_own_half_minute(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    code = digits_now(stage, secret)
    stage.try_to_sign_in()
    assert type_digits(stage, code).status_code == 303
    thief = stage.app.test_client()
    stage.try_to_sign_in(client=thief)
    assert type_digits(stage, code, thief).status_code == 422
    assert not is_in(stage, thief)


def test_digits_without_the_words_are_nothing(stage: Stage, secret: AuthenticatorSecret) -> None:
    answer = type_digits(stage, digits_now(stage, secret))
    assert answer.headers["Location"].endswith("ended=late")
    assert not is_in(stage)


def test_a_waiting_sign_in_ends_after_five_minutes(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    stage.try_to_sign_in()
    stage.clock.advance(seconds=WAITS.total_seconds())
    answer = type_digits(stage, digits_now(stage, secret))
    assert answer.headers["Location"].endswith("ended=late")
    assert "took too long" in stage.get(answer.headers["Location"]).text
    assert not is_in(stage)


def test_the_cookie_of_a_waiting_sign_in_is_no_session(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    stage.try_to_sign_in()
    domain = "refer.harborstreet.example"
    waiting = stage.client.get_cookie("__Host-desk-step", domain=domain)
    assert waiting is not None
    assert waiting.http_only
    assert waiting.secure
    thief = stage.app.test_client()
    thief.set_cookie("__Host-desk", waiting.value, domain=domain, secure=True)
    assert not is_in(stage, thief)


def test_guessing_digits_soon_has_to_wait_from_wherever_it_is_tried(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    for number in range(5):
        client = stage.app.test_client()
        stage.try_to_sign_in(client=client, address=f"198.51.100.{number}")
        assert type_digits(stage, "000000", client).status_code == 422
    client = stage.app.test_client()
    stage.try_to_sign_in(client=client, address="198.51.100.77")
    answer = type_digits(stage, digits_now(stage, secret), client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert not is_in(stage, client)


def test_a_device_that_the_user_knows_does_not_wait_for_guesses_from_elsewhere(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    stage.try_to_sign_in()
    assert type_digits(stage, digits_now(stage, secret)).status_code == 303
    stage.post("/desk/sign-out", {"csrf_token": stage.csrf_token})
    for _ in range(7):
        thief = stage.app.test_client()
        stage.try_to_sign_in(client=thief, address="198.51.100.1")
        type_digits(stage, "000000", thief)
    stage.clock.advance(seconds=30)
    stage.try_to_sign_in()
    assert type_digits(stage, digits_now(stage, secret)).status_code == 303


def test_enrolment_proves_a_code_and_shows_the_secret_without_asking_anybody_else(
    desk: Stage,
) -> None:
    page = desk.get("/desk/second-factor").text
    assert page.count("<svg") >= 2
    assert "http://www.w3.org/2000/svg" not in page.split('class="scan"')[1].split("</div>")[0]
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert shown
    app = AuthenticatorSecret(base64.b32decode(shown[1].replace(" ", "")))
    form = {"csrf_token": desk.csrf_token, "drawn": hidden(page, "drawn")}
    wrong = desk.post("/desk/second-factor/app", {**form, "code": "000000"})
    assert wrong.status_code == 422
    assert shown[1] in wrong.text, "the app that was scanned goes on"
    assert second_factor_of(desk.ledger, desk.founding.user_id) is None

    right = desk.post("/desk/second-factor/app", {**form, "code": digits_now(desk, app)})
    assert right.status_code == 303
    assert "authenticator.added" in desk.actions()
    stored = desk.ledger.second_factors.authenticator_of(desk.founding.user_id)
    assert stored is not None
    assert base64.b32decode(shown[1].replace(" ", "")) not in stored.sealed_secret
    with pytest.raises(BoxRefused):
        AuthenticatorSecret.open(
            stored.sealed_secret, PrivateKey.generate(), about=desk.founding.user_id
        )


def test_a_secret_that_was_drawn_for_another_session_is_not_taken(desk: Stage) -> None:
    drawn = hidden(desk.get("/desk/second-factor").text, "drawn")
    desk.client = desk.let_in()
    for bad in (drawn, "", "%%%"):
        form = {"csrf_token": desk.csrf_token, "drawn": bad, "code": "123456"}
        answer = desk.post("/desk/second-factor/app", form)
        assert answer.status_code == 422
        assert "out of date" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/desk/second-factor/app", "/desk/second-factor/app/end", "/desk/second-factor/device",
     "/desk/passkeys", "/desk/passkeys/none/remove"],
)  # fmt: skip
def test_how_one_signs_in_changes_only_soon_after_signing_in(desk: Stage, path: str) -> None:
    token = desk.csrf_token
    desk.clock.advance(minutes=10, seconds=1)
    page = desk.get("/desk/second-factor").text
    assert "Sign in again" in page
    assert 'class="scan"' not in page
    answer = desk.post(path, {"csrf_token": token})
    assert answer.status_code == 403
    assert "more than ten minutes ago" in answer.text


def test_signing_in_again_leads_back_and_nowhere_else(desk: Stage) -> None:
    form = {"csrf_token": desk.csrf_token, "next": "/desk/second-factor"}
    assert (
        desk.post("/desk/sign-out", form)
        .headers["Location"]
        .endswith("?ended=1&next=/desk/second-factor")
    )
    desk.client = desk.let_in()
    away = desk.post(
        "/desk/sign-out", {"csrf_token": desk.csrf_token, "next": "https://evil.example/"}
    )
    assert "evil" not in away.headers["Location"]


def test_ending_the_app_lets_the_words_alone_in_again(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    stage.client = stage.let_in()
    answer = stage.post("/desk/second-factor/app/end", {"csrf_token": stage.csrf_token})
    assert answer.status_code == 303
    assert "authenticator.removed" in stage.actions()
    stage.client = stage.app.test_client()
    stage.try_to_sign_in()
    assert is_in(stage)


def test_an_altered_secret_is_told_apart_from_wrong_digits(
    stage: Stage, secret: AuthenticatorSecret
) -> None:
    stage.ledger.second_factors.add_authenticator(
        stage.founding.user_id, b"WHA\x01" + b"x" * 1200, -1, actor="test"
    )
    stage.try_to_sign_in()
    answer = type_digits(stage, digits_now(stage, secret))
    assert answer.status_code == 422
    assert "database was altered" in " ".join(answer.text.split())


def test_the_recovery_sheet_ends_the_second_step(stage: Stage, secret: AuthenticatorSecret) -> None:
    email = stage.ledger.people.user(stage.founding.user_id).email
    back = readmit(stage.ledger, stage.founding.recovery, email=email)
    assert second_factor_of(stage.ledger, stage.founding.user_id) is None
    stage.try_to_sign_in(back.passphrase)
    assert is_in(stage)


def add_colleague(stage: Stage) -> tuple[str, PrivateKey]:
    owner = Keyholder.of_user(stage.ledger.people.user(stage.founding.user_id), stage.user_key)
    invited = invite(
        stage.ledger, owner, name="Sam", email="sam@x.example", role=Role.CLINICIAN,
        inbox_ids=[], now=stage.clock(),
    )  # fmt: skip
    joined = accept(stage.ledger, invited.secret.token)
    holder = Keyholder.of_user(stage.ledger.people.user(joined.user_id), joined.key)
    app = AuthenticatorSecret.generate()
    digits = app.digits(step_at(stage.clock()))
    add_authenticator(stage.ledger, holder, app, digits, stage.clock())
    return joined.user_id, joined.key


def test_an_owner_ends_the_second_step_of_a_lost_phone_with_its_sessions(desk: Stage) -> None:
    user_id, key = add_colleague(desk)
    phone = desk.let_in(user_id, key)
    assert is_in(desk, phone)
    path = f"/desk/users/{user_id}/second-factor/end"
    assert desk.post(path, {"csrf_token": desk.csrf_token}).status_code == 303
    assert second_factor_of(desk.ledger, user_id) is None
    assert not is_in(desk, phone)
    assert "second_factor.removed" in desk.actions()
    none = desk.post(path, {"csrf_token": desk.csrf_token})
    assert none.headers["Location"].endswith("done=none")
    missing = desk.post("/desk/users/none/second-factor/end", {"csrf_token": desk.csrf_token})
    assert missing.status_code == 404


def test_nobody_but_an_owner_ends_the_second_step_of_somebody_else(desk: Stage) -> None:
    user_id, key = add_colleague(desk)
    desk.client = desk.let_in(user_id, key)
    path = f"/desk/users/{desk.founding.user_id}/second-factor/end"
    assert desk.post(path, {"csrf_token": desk.csrf_token}).status_code == 403
