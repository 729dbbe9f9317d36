from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug.datastructures import Headers

from form_server.office.headers import origin_of
from tests.form_server.office.house import ENOUGH, House

SITE = "https://harborstreet.example"
ALWAYS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Cache-Control",
    "Strict-Transport-Security",
)


@pytest.mark.parametrize(
    "path",
    ["/refer/", "/status/nothing", "/healthz", "/nothing", "/desk/", "/?x=%FF", "/referrals"],
)
def test_every_answer_carries_the_safe_headers(house: House, path: str) -> None:
    headers = house.client.get(path).headers

    assert all(headers.get(name) for name in ALWAYS)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert all(len(headers.getlist(name)) == 1 for name in ALWAYS)


@pytest.mark.parametrize("path", ["/openapi.json", "/healthz", "/readyz", "/first-calls.json"])
def test_what_programs_read_loads_nothing_and_is_put_into_no_page(house: House, path: str) -> None:
    _holds_to_itself(house.client.get(path).headers)


def test_so_does_the_answer_to_a_referral_and_each_refusal(house: House) -> None:
    as_program = {"Accept": "application/json"}
    for sent in (ENOUGH, {}):
        answer = house.client.post("/referrals", json=sent, headers=as_program)
        assert answer.is_json
        _holds_to_itself(answer.headers)
    _holds_to_itself(house.client.get("/status/none", headers=as_program).headers)


def _holds_to_itself(headers: Headers) -> None:
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Strict-Transport-Security"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_views_own_header_stands(house: House) -> None:
    assert house.client.get("/desk/sign-in").headers["Referrer-Policy"] == "same-origin"


def test_the_form_page_holds_nothing_that_its_policy_forbids(house: House) -> None:
    page = house.client.post("/referrals", data={"note": "x"}).text

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_a_thanks_page_elsewhere_may_be_gone_to(build: Callable[..., House]) -> None:
    house = build(thanks_pages=("https://www.example.org/thanks",))

    policy = house.client.get("/refer/").headers["Content-Security-Policy"]

    assert "form-action 'self' https://www.example.org" in policy


@pytest.mark.parametrize(
    "origin", [SITE, "https://refer.harborstreet.example", "https://b.example"]
)
def test_the_practices_own_websites_may_read_the_answer(
    build: Callable[..., House], origin: str
) -> None:
    house = build(origins=("https://b.example",))

    asked = house.client.options("/referrals", headers={"Origin": origin})
    sent = house.client.post("/referrals", json={}, headers={"Origin": origin})

    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == origin
    assert "Idempotency-Key" in asked.headers["Access-Control-Allow-Headers"]
    assert sent.status_code == 422
    assert sent.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in sent.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", f"{SITE}.evil.example", "http://harborstreet.example"],
)
def test_a_stranger_may_not(house: House, origin: str) -> None:
    asked = house.client.options("/referrals", headers={"Origin": origin})
    sent = house.client.post("/referrals", data=ENOUGH, headers={"Origin": origin})

    for answer in (asked, sent):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Methods" not in answer.headers
    assert sent.status_code == 303


def test_the_desk_is_shared_with_no_other_origin(house: House) -> None:
    answer = house.client.get("/desk/", headers={"Origin": SITE})

    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Example.org/a/b", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin
