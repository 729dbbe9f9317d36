"""Every answer of the desk says how a browser has to treat it."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.form_server.desk.guarding.ways import addresses
from tests.form_server.desk.stage import Stage

LETTERS = {"desk.show_newsletter_mail", "desk.show_issue_mail"}
"""What is mailed carries its looks with it, and is shown in a frame that nothing gets out of."""


def judge_letter(answer: TestResponse, what: str) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    ), what
    assert headers["X-Frame-Options"] == "SAMEORIGIN", what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Cache-Control"] == "no-store", what
    assert headers["Referrer-Policy"] == "same-origin", what


def judge(answer: TestResponse, what: str) -> None:
    headers = answer.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'", what
    assert policy["frame-ancestors"] == "'none'", what
    assert policy["base-uri"] == "'none'", what
    assert policy["form-action"] == "'self'", what
    for name, value in policy.items():
        assert set(value.split()) <= {"'self'", "'none'"}, f"{what}: {name}"
    assert headers["X-Frame-Options"] == "DENY", what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Cache-Control"] == "no-store", what
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", what
    assert headers["Referrer-Policy"] == "same-origin", what
    assert "noindex" in headers["X-Robots-Tag"], what


@pytest.mark.parametrize("who", ["signed in", "a stranger"])
def test_every_answer_forbids_frames_guessing_and_keeping(stage: Stage, who: str) -> None:
    referral = stage.receive()
    token = ""
    if who == "signed in":
        stage.client = stage.let_in()
        token = stage.csrf_token
    for one in addresses(stage):
        if one.endpoint == "desk.sign_out":
            continue
        path = one.path(referral_id=referral.id)
        answer = stage.get(path) if one.method == "GET" else stage.post(path, {"csrf_token": token})
        assert answer.status_code < 500, str(one)
        is_letter = one.endpoint in LETTERS and answer.status_code == 200
        (judge_letter if is_letter else judge)(answer, str(one))
        if one.method == "POST":
            judge(stage.post(path, {}, origin="https://evil.example"), str(one))


def test_a_page_that_does_not_exist_is_no_exception(desk: Stage) -> None:
    answer = desk.get("/desk/referrals/none")
    assert answer.status_code == 404
    judge(answer, "missing")
