"""Nobody plants a session, and a session ends where it must."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from form_server.desk.console import IDLE, LONGEST
from tests.form_server.desk.stage import Stage

DOMAIN = "refer.harborstreet.example"
NAME = "__Host-desk"


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie(NAME, domain=DOMAIN)
    assert found is not None
    return found.value


def plant(client: FlaskClient, value: str) -> None:
    client.set_cookie(NAME, value, domain=DOMAIN, secure=True)


def test_a_planted_cookie_is_never_the_session_that_begins(stage: Stage) -> None:
    planted = "A" * 43
    plant(stage.client, planted)
    stage.sign_in()
    assert cookie(stage.client) != planted
    thief = stage.app.test_client()
    plant(thief, planted)
    assert stage.get("/desk/", thief).status_code == 303


def test_a_planted_session_ends_when_its_victim_signs_in(stage: Stage) -> None:
    attacker = stage.let_in()
    planted = cookie(attacker)
    plant(stage.client, planted)
    stage.sign_in()
    assert cookie(stage.client) != planted
    assert stage.get("/desk/", attacker).status_code == 303


def test_a_session_in_an_address_is_not_taken(stage: Stage) -> None:
    token = cookie(stage.let_in())
    assert stage.get(f"/desk/?desk={token}&session={token}").status_code == 303


def test_the_cookie_is_for_this_host_alone_and_for_no_script(stage: Stage) -> None:
    answer = stage.try_to_sign_in()
    header = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(NAME))
    for wanted in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert wanted in header
    assert "Domain" not in header


def test_a_page_that_polls_keeps_nobody_signed_in(desk: Stage) -> None:
    polls = int(IDLE / timedelta(seconds=10))
    assert polls == 90
    for _ in range(polls - 1):
        desk.clock.advance(seconds=10)
        assert desk.get("/desk/pulse").status_code == 200
    desk.clock.advance(seconds=10)
    assert desk.get("/desk/pulse").status_code == 401
    assert desk.get("/desk/").status_code == 303


def test_no_session_is_longer_than_a_working_day(desk: Stage) -> None:
    for _ in range(int(LONGEST / timedelta(minutes=10)) - 1):
        desk.clock.advance(minutes=10)
        assert desk.get("/desk/").status_code == 200
    desk.clock.advance(minutes=10)
    assert desk.get("/desk/").status_code == 303


def test_a_flood_of_wrong_words_from_elsewhere_makes_the_user_wait_for_nothing(
    stage: Stage,
) -> None:
    """Locking somebody out is an attack as well."""
    for number in range(8):
        stage.try_to_sign_in(
            "wrong words all the way", client=stage.app.test_client(), address="198.51.100.66"
        )
        del number
    assert stage.try_to_sign_in(address="203.0.113.9").status_code == 303
