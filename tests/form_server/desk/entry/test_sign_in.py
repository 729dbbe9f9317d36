from __future__ import annotations

import sqlite3
import time
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_cookie

from form_server.desk.entry.admission import SEATS
from form_server.founding import found
from form_server.ledger import Ledger, NewUser, Role
from form_server.vault import KeyPair, lock
from tests.form_server.desk.stage import EMAIL, Stage, hidden


def add_user(ledger: Ledger, name: str, email: str, passphrase: str) -> str:
    pair, user_id = KeyPair.generate(), ledger.new_id()
    locked = lock(pair.private.to_bytes(), passphrase, about=user_id)
    user = NewUser(user_id, name, email, Role.CLINICIAN, pair.public.to_bytes(), locked)
    ledger.people.add_user(user, [], actor="command")
    return user_id


@pytest.mark.parametrize(
    "name", [EMAIL, EMAIL.upper(), "Nora Ellison, LICSW", " nora  ellison, licsw "]
)
def test_the_six_words_open_the_desk_under_name_or_email(stage: Stage, name: str) -> None:
    answer = stage.try_to_sign_in(name=name)

    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert stage.get("/desk/").status_code == 200


def test_capitals_and_hyphens_in_the_words_do_not_matter(stage: Stage) -> None:
    typed = stage.founding.passphrase.upper().replace(" ", "-")

    assert stage.try_to_sign_in(typed).status_code == 303


def test_wrong_words_are_refused_and_the_name_stays_in_the_form(stage: Stage) -> None:
    answer = stage.try_to_sign_in("wrong words entirely", name="Nora <b>")

    assert answer.status_code == 422
    assert "do not open the desk" in answer.text
    assert 'value="Nora &lt;b&gt;"' in answer.text
    assert "wrong words entirely" not in answer.text
    assert stage.get("/desk/").status_code == 303


def test_an_unknown_name_gets_the_same_answer_as_wrong_words(stage: Stage) -> None:
    known = stage.try_to_sign_in("wrong words", name=EMAIL)
    unknown = stage.try_to_sign_in("wrong words", name="nobody@harborstreet.example")

    assert unknown.status_code == known.status_code
    same = known.text.replace(EMAIL, "") == unknown.text.replace("nobody@harborstreet.example", "")
    assert same


def test_an_unknown_name_takes_the_work_of_a_known_one(stage: Stage) -> None:
    def best_of_three(name: str) -> float:
        times = []
        for _ in range(3):
            began = time.process_time()
            stage.try_to_sign_in("wrong words", name=name)
            times.append(time.process_time() - began)
        return min(times)

    known, unknown = best_of_three(EMAIL), best_of_three("nobody@harborstreet.example")

    # Without the work for strangers it would be some hundredths of the other.
    assert 0.5 < unknown / known < 2


def test_a_name_that_two_users_have_signs_in_nobody(stage: Stage) -> None:
    add_user(stage.ledger, "Nora Ellison, LICSW", "other@harborstreet.example", "other six words")

    assert stage.try_to_sign_in(name="Nora Ellison, LICSW").status_code == 422
    assert stage.try_to_sign_in(name=EMAIL).status_code == 303


def test_a_removed_user_cannot_sign_in(stage: Stage) -> None:
    with stage.ledger.keys.change(actor="command") as change:
        change.take_out_user(stage.founding.user_id)

    assert stage.try_to_sign_in().status_code == 422


def test_an_empty_form_is_refused_without_counting_as_a_guess(stage: Stage) -> None:
    for _ in range(7):
        assert stage.try_to_sign_in("   ", name="").status_code == 422

    assert stage.try_to_sign_in().status_code == 303


def test_a_damaged_key_is_refused_like_wrong_words_and_logged_by_id(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    user_id = stage.founding.user_id
    stage.ledger.people.relock(user_id, b"damaged", actor="command")

    assert stage.try_to_sign_in().status_code == 422
    assert user_id in caplog.text
    assert EMAIL not in caplog.text


def test_a_flood_of_sign_ins_is_told_to_come_back_and_counts_as_no_guess(stage: Stage) -> None:
    taken = 0
    while SEATS.acquire(blocking=False):
        taken += 1
    try:
        answers = [stage.try_to_sign_in() for _ in range(7)]
    finally:
        SEATS.release(taken)

    assert taken == 3
    assert {(one.status_code, one.headers["Retry-After"]) for one in answers} == {(503, "5")}
    assert stage.try_to_sign_in().status_code == 303


def test_signing_in_sweeps_out_sessions_that_have_ended(stage: Stage) -> None:
    stage.sign_in()
    stage.clock.advance(minutes=16)
    stage.sign_in()

    with sqlite3.connect(stage.ledger.shown.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_sign_in_goes_on_to_the_page_that_was_wanted(stage: Stage) -> None:
    wanted = f"/desk/referrals/{stage.receive().id}"
    asked = stage.get(wanted)
    form = stage.get(asked.location)

    answer = stage.try_to_sign_in(next=hidden(form.text, "next"))

    assert answer.location == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/desk/../refer",
        "/desk//evil.example", "javascript:alert(1)", "/desk\n/x", "/refer", "/desk/?a=https://x",
    ],
)  # fmt: skip
def test_sign_in_leads_nowhere_else(stage: Stage, elsewhere: str) -> None:
    assert stage.try_to_sign_in(next=elsewhere).location == "/desk/"
    assert stage.get(f"/desk/sign-in?next={quote(elsewhere)}").location == "/desk/"


def test_who_is_signed_in_goes_straight_on(desk: Stage) -> None:
    assert desk.get("/desk/sign-in").location == "/desk/"


def test_the_session_cookie_is_out_of_reach(stage: Stage) -> None:
    cookies = stage.try_to_sign_in().headers.getlist("Set-Cookie")
    session = next(one for one in cookies if one.startswith("__Host-desk="))
    flags = {part.strip().lower() for part in session.split(";")[1:]}

    assert {"secure", "httponly", "path=/", "samesite=strict"} == flags
    assert all(one.startswith("__Host-desk") for one in cookies)


def test_each_sign_in_has_a_session_of_its_own(stage: Stage) -> None:
    """Session fixation: what a browser brought along is not taken up."""
    stage.client.set_cookie("__Host-desk", "planted" * 6 + "p", domain="refer.harborstreet.example")

    first = session_of(stage.try_to_sign_in().headers.getlist("Set-Cookie"))
    second = session_of(stage.try_to_sign_in().headers.getlist("Set-Cookie"))

    assert "planted" not in first
    assert first != second
    assert len(stage.ledger.sessions.of_user(stage.founding.user_id, stage.clock())) == 1


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(desk: Stage) -> None:
    other = copy_of(desk)
    assert desk.get("/desk/", other).status_code == 200

    token = hidden(desk.get("/desk/").text, "csrf_token")
    assert desk.post("/desk/sign-out", {"csrf_token": token}).status_code == 303

    assert desk.get("/desk/", other).status_code == 303
    assert desk.actions()[-1] == "session.ended"


def test_the_row_holds_neither_the_cookie_nor_the_key(desk: Stage) -> None:
    (session,) = desk.ledger.sessions.of_user(desk.founding.user_id, desk.clock())
    cookie = desk.client.get_cookie("__Host-desk", "refer.harborstreet.example")

    assert cookie is not None
    assert cookie.value.encode() not in session.token_hash + session.sealed_user_key
    assert session.label == "A browser"


def test_a_stranger_is_shown_the_form_and_nothing_else(stage: Stage) -> None:
    referral = stage.receive()
    for path in ("/desk/", "/desk", f"/desk/referrals/{referral.id}", "/desk/referrals/none"):
        answer = stage.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/desk/sign-in?next=")
    assert stage.get("/desk/pulse").status_code == 401
    assert "list.opened" not in stage.actions()


def test_founding_a_second_practice_does_not_let_the_first_in(
    stage: Stage, tmp_path: object
) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/second.db", clock=stage.clock) as second:
        second.migrate()
        other = found(second, stage.practice, name="Nora", email=EMAIL)

    assert stage.try_to_sign_in(other.passphrase).status_code == 422


def session_of(cookies: list[str]) -> str:
    found_cookies = [parse_cookie(one) for one in cookies]
    return next(one["__Host-desk"] for one in found_cookies if "__Host-desk" in one)


def copy_of(stage: Stage) -> FlaskClient:
    """Another browser with the same session cookie."""
    cookie = stage.client.get_cookie("__Host-desk", "refer.harborstreet.example")
    assert cookie is not None
    other = stage.app.test_client()
    other.set_cookie("__Host-desk", cookie.value, domain="refer.harborstreet.example")
    return other
