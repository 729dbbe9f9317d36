from __future__ import annotations

import pytest

from form_server.desk.entry.sessions import describe_device
from tests.form_server.desk.stage import Stage, hidden


def test_fifteen_idle_minutes_end_the_session(desk: Stage) -> None:
    desk.clock.advance(minutes=14, seconds=59)
    assert desk.get("/desk/").status_code == 200

    desk.clock.advance(minutes=15)
    answer = desk.get("/desk/")

    assert answer.location == "/desk/sign-in?next=/desk/&ended=1"
    assert "You are signed out" in desk.get(answer.location).text


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(desk: Stage) -> None:
    for _ in range(14):
        desk.clock.advance(minutes=1)
        assert desk.get("/desk/pulse").status_code == 200
    desk.clock.advance(minutes=1)

    assert desk.get("/desk/pulse").status_code == 401
    assert desk.get("/desk/").status_code == 303


def test_a_working_day_ends_even_a_busy_session(desk: Stage) -> None:
    for _ in range(71):
        desk.clock.advance(minutes=10)
        assert desk.get("/desk/").status_code == 200
    desk.clock.advance(minutes=10)

    assert desk.get("/desk/").status_code == 303


def test_what_was_tapped_after_the_session_ended_is_said_not_to_be_recorded(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    desk.clock.advance(minutes=16)

    form = {name: hidden(page, name) for name in ("csrf_token", "attempt_id")}
    answer = desk.post(f"/desk/referrals/{referral.id}/tries", {**form, "tried": "reached"})

    assert "was not recorded" in desk.get(answer.location).text
    assert not desk.ledger.referrals.attempts(referral.id)


def test_an_ended_session_takes_its_cookie_back(desk: Stage) -> None:
    desk.clock.advance(minutes=16)

    (cookie,) = desk.get("/desk/").headers.getlist("Set-Cookie")

    assert cookie.startswith("__Host-desk=;")
    assert "Max-Age=0" in cookie


def test_sessions_revoked_from_elsewhere_are_over_at_once(desk: Stage) -> None:
    desk.ledger.sessions.revoke_all(desk.founding.user_id, actor="command")

    assert desk.get("/desk/").status_code == 303


def test_a_screen_left_alone_leaves_the_page_without_a_script(desk: Stage) -> None:
    assert desk.get("/desk/").headers["Refresh"] == "905; url=/desk/sign-in?ended=1"
    assert "Refresh" not in desk.get("/desk/pulse").headers


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "A" * 42 + "B", "%00" * 20, "é" * 43])
def test_a_cookie_that_is_none_is_met_with_the_form(stage: Stage, cookie: str) -> None:
    stage.client.set_cookie("__Host-desk", cookie, domain="refer.harborstreet.example")

    assert stage.get("/desk/").status_code == 303


def test_a_link_in_web_mail_does_not_ask_to_sign_in_again(desk: Stage) -> None:
    """A browser holds a strict cookie back when another site leads here, so the desk steps inside."""
    stranger = desk.app.test_client()
    path = f"/desk/referrals/{desk.receive().id}"
    cross = {"Sec-Fetch-Site": "cross-site"}

    first = desk.get(path, stranger, **cross)
    second = desk.get(path + "?here=1", stranger, **cross)

    assert (first.status_code, first.headers["Refresh"]) == (200, f"0; url={path}?here=1")
    assert first.data == b""
    assert second.location == f"/desk/sign-in?next={path}"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0.0.0 Mobile Safari/537.36"
            ),
            "Chrome on Android",
        ),
        ("<script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_session_is_named_after_browser_and_system(user_agent: str, name: str) -> None:
    assert describe_device(user_agent) == name
