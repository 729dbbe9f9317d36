from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from form_server.desk.blueprint import blueprint
from form_server.ledger import LedgerUnavailable
from tests.form_server.desk.stage import HTTPS, Stage, hidden


def post_try(
    desk: Stage, *, csrf_token: str | None = None, origin: str | None = ""
) -> TestResponse:
    """A recorded try whose token or origin is not as it should be."""
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    form = {
        "csrf_token": hidden(page, "csrf_token") if csrf_token is None else csrf_token,
        "attempt_id": hidden(page, "attempt_id"),
        "tried": "reached",
    }
    answer = desk.post(f"/desk/referrals/{referral.id}/tries", form, origin=origin)
    if answer.status_code != 303:
        assert not desk.ledger.referrals.attempts(referral.id)
    return answer


def test_a_form_of_the_session_from_the_desks_own_origin_is_taken(desk: Stage) -> None:
    assert post_try(desk).status_code == 303


@pytest.mark.parametrize("token", ["", "wrong", "é" * 43])
def test_a_form_without_the_sessions_token_is_refused(desk: Stage, token: str) -> None:
    assert post_try(desk, csrf_token=token).status_code == 403


def test_the_token_of_another_session_is_refused(desk: Stage) -> None:
    other = desk.app.test_client()
    desk.sign_in(other)
    token = hidden(desk.get("/desk/", other).text, "csrf_token")

    assert post_try(desk, csrf_token=token).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "http://refer.harborstreet.example", "",
        "https://refer.harborstreet.example.evil.example", "https://refer.harborstreet.example:444",
    ],
)  # fmt: skip
def test_a_form_from_another_origin_is_refused(desk: Stage, origin: str) -> None:
    answer = post_try(desk, origin=origin or None)

    assert answer.status_code == 403
    assert f"{HTTPS}/desk/" in answer.text


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://Refer.Example.org", "https://refer.example.org"),
        ("https://refer.example.org:443", "https://refer.example.org"),
        ("https://refer.example.org:8443", "https://refer.example.org:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_the_desks_origin_is_written_as_browsers_write_it(
    stage: Stage, public_url: str, origin: str
) -> None:
    assert replace(stage.desk, public_url=public_url).origin == origin


def test_signing_in_from_another_origin_is_refused(stage: Stage) -> None:
    form = {"name": "nora@harborstreet.example", "passphrase": stage.founding.passphrase}

    answer = stage.post("/desk/sign-in", form, origin="https://evil.example")

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_a_referer_stands_in_for_a_missing_origin(desk: Stage) -> None:
    token = hidden(desk.get("/desk/").text, "csrf_token")

    answer = desk.client.post(
        "/desk/sign-out",
        data={"csrf_token": token},
        base_url=HTTPS,
        headers={"Referer": f"{HTTPS}/desk/"},
    )

    assert answer.status_code == 303


def test_a_browser_that_says_cross_site_is_believed(desk: Stage) -> None:
    token = hidden(desk.get("/desk/").text, "csrf_token")

    answer = desk.client.post(
        "/desk/sign-out",
        data={"csrf_token": token},
        base_url=HTTPS,
        headers={"Origin": HTTPS, "Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403


def test_nothing_changes_by_following_a_link(desk: Stage) -> None:
    referral = desk.receive()
    for path in ("tries", "close"):
        assert desk.get(f"/desk/referrals/{referral.id}/{path}").status_code == 404
    assert desk.get("/desk/sign-out").status_code == 404
    assert desk.ledger.referrals.attempts(referral.id) == []
    assert desk.get("/desk/").status_code == 200, "nobody was signed out"


def test_an_unknown_address_meets_the_desks_own_page_whatever_lies_there(
    desk: Stage, other_inbox: str
) -> None:
    own, theirs = desk.receive(), desk.receive(inbox_id=other_inbox)
    token = hidden(desk.get("/desk/").text, "csrf_token")
    pages = set()
    for path in (
        "/desk/no/such/page",
        "/desk/inbox/",
        f"/desk/referrals/{own.id}/replies/nobody",
        f"/desk/referrals/{theirs.id}",
        "/desk/colleagues/none",
    ):
        answer = desk.get(path)
        assert answer.status_code == 404, path
        pages.add(answer.text[answer.text.index("<h1>") : answer.text.index("</main>")])
    assert desk.post("/desk/no/such/page", {"csrf_token": token}).status_code == 404
    (page,) = pages
    assert "Nothing here" in page
    assert "Nothing here" in desk.get("/desk/static/none.js").text


def test_an_unknown_address_tells_a_stranger_no_more_than_a_known_one(stage: Stage) -> None:
    referral = stage.receive()
    for path in ("/desk/no/such/page", f"/desk/referrals/{referral.id}/replies/nobody"):
        known = stage.get("/desk/inbox")
        answer = stage.get(path)
        assert answer.status_code == known.status_code == 303
        assert answer.location.startswith("/desk/sign-in?next=")


@pytest.mark.parametrize("path", ["/desk/", "/desk/sign-in", "/desk/referrals/none", "/desk/pulse"])
def test_pages_are_kept_nowhere_and_frame_nothing(desk: Stage, path: str) -> None:
    headers = desk.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    # Under `no-referrer` browsers would send the desk's own forms with the origin “null”.
    assert headers["Referrer-Policy"] == "same-origin"
    for part in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert part in policy
    assert "unsafe" not in policy


def test_no_page_holds_a_script_or_style_of_its_own(desk: Stage) -> None:
    referral = desk.receive()
    for path in ("/desk/", f"/desk/referrals/{referral.id}", "/desk/referrals/none"):
        page = desk.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/desk/static/')


def test_script_and_icon_are_served_to_strangers(stage: Stage) -> None:
    for name in ("desk.js", "desk.svg"):
        answer = stage.get(f"/desk/static/{name}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
        answer.close()


def test_a_form_too_large_for_any_of_ours_is_refused(stage: Stage) -> None:
    assert stage.try_to_sign_in("x" * 20_000).status_code == 413


def test_records_out_of_reach_are_said_so_and_nothing_is_shown(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.close()

    class Gone:
        def get(self, *_: object) -> None:
            raise LedgerUnavailable("/secret/place/ledger.db", "disk I/O error")

    object.__setattr__(desk.ledger, "sessions", Gone())
    answer = desk.get(f"/desk/referrals/{referral.id}")

    assert answer.status_code == 503
    assert "cannot be reached" in answer.text
    assert "/secret/place" not in answer.text
    assert "Maria" not in answer.text


def test_the_guard_is_on_the_blueprint_itself() -> None:
    assert blueprint.before_request_funcs[None]
    assert blueprint.after_request_funcs[None]
