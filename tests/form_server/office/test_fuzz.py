"""Whatever is sent, the server says what to do about it: no request makes it fail."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from form_server.office.reading import FIELDS
from outreach_kit.web.fields import HONEYPOT
from tests.form_server.office.house import ENOUGH, House

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
EDGES = st.sampled_from(
    [
        "",
        "\0",
        "\r\n",
        "\u202e",
        "\ud800",
        "true",
        "self",
        "panic",
        "x" * 301,
        "=&%",
        "'\"<b>",
        "🖤",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | EDGES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=8,
)
NAMES = st.sampled_from([*FIELDS, "submission_id", HONEYPOT]) | TEXT
USUAL = ("https://refer.harborstreet.example", "application/json", "text/html", "null")
HEADER = st.sampled_from(
    [*USUAL, "https://[", "http://evil.example", "*/*;q=\u00e9", ",;,=", "%00"]
) | (
    st.text(
        st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80
    )
)
DISPOSITIONS = (
    'form-data; name="{}"',
    "form-data; name*=utf-8''{}",
    "form-data; filename=x; name={}",
    'attachment; name="{}"',
    "form-data",
    "{}",
)


def multipart(parts: list[tuple[str, str, str]]) -> bytes:
    """A multipart body that a hostile program may have put together."""
    told = [
        f"--limit\r\nContent-Disposition: {disposition.format(name)}\r\n\r\n{value}\r\n"
        for name, value, disposition in parts
    ]
    return "".join([*told, "--limit--\r\n"]).encode("utf-8", "surrogatepass")


SHARED_HOUSE = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(
    st.dictionaries(NAMES, VALUES, max_size=12), st.booleans(), st.sampled_from(["", "text/html"])
)
@SHARED_HOUSE
def test_any_json_is_answered(
    house: House, fields: dict[str, Any], whole: bool, accept: str
) -> None:
    content = {**({**ENOUGH, "reasons": ["panic"]} if whole else {}), **fields}
    answer = house.client.post(
        "/referrals",
        data=json.dumps(content),
        content_type="application/json",
        headers={"Accept": accept},
    )

    assert answer.status_code in {201, 400, 422}
    assert answer.is_json
    assert answer.json is not None
    if answer.status_code == 422:
        assert answer.json["errors"] or answer.json["title"]


@given(st.lists(st.tuples(NAMES, TEXT | EDGES), max_size=14), st.booleans())
@SHARED_HOUSE
def test_any_form_is_answered(house: House, pairs: list[tuple[str, str]], whole: bool) -> None:
    every = [*(ENOUGH.items() if whole else ()), *pairs]
    answer = house.client.post(
        "/referrals",
        data=urlencode(every, errors="surrogatepass"),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code in {303, 400, 422}


@given(
    st.lists(st.tuples(NAMES, TEXT | EDGES, st.sampled_from(DISPOSITIONS)), max_size=10),
    st.booleans(),
)
@SHARED_HOUSE
def test_any_multipart_is_answered(
    house: House, parts: list[tuple[str, str, str]], whole: bool
) -> None:
    every = [(name, value, DISPOSITIONS[0]) for name, value in ENOUGH.items() if whole]
    answer = house.client.post(
        "/referrals",
        data=multipart([*every, *parts]),
        content_type="multipart/form-data; boundary=limit",
    )

    assert answer.status_code in {303, 400, 413, 415, 422}


@given(
    st.dictionaries(
        st.sampled_from(
            ["Origin", "Referer", "Accept", "Idempotency-Key", "X-Forwarded-For", "User-Agent",
             "Content-Encoding", "Accept-Language", "Cookie", "Host"]
        ),
        HEADER,
        max_size=6,
    ),
    st.sampled_from(["json", "form"]),
)  # fmt: skip
@SHARED_HOUSE
def test_any_headers_are_answered(house: House, headers: dict[str, str], kind: str) -> None:
    body: dict[str, Any] = {"json": ENOUGH} if kind == "json" else {"data": ENOUGH}
    answer = house.client.post("/referrals", headers=headers, **body)

    assert answer.status_code in {201, 303, 400, 422}


@given(HEADER, st.binary(max_size=80))
@SHARED_HOUSE
def test_any_content_type_is_answered(house: House, content_type: str, body: bytes) -> None:
    answer = house.client.post("/referrals", data=body, content_type=content_type)

    assert answer.status_code in {303, 400, 413, 415, 422}


@given(st.binary(max_size=300), st.sampled_from(["json", "form", "multipart", "none"]))
@SHARED_HOUSE
def test_any_bytes_are_answered(house: House, body: bytes, kind: str) -> None:
    kinds = {
        "json": "application/json",
        "form": "application/x-www-form-urlencoded",
        "multipart": "multipart/form-data; boundary=x",
        "none": "",
    }

    answer = house.client.post("/referrals", data=body, content_type=kinds[kind])

    assert answer.status_code in {400, 413, 415, 422}
    assert house.referrals() == []


@given(st.binary(max_size=60), st.binary(max_size=60))
@SHARED_HOUSE
def test_any_address_is_answered(house: House, path: bytes, query: bytes) -> None:
    for prefix in ("/", "/status/", "/refer/", "/assets/"):
        raw = {
            "PATH_INFO": prefix + path.decode("latin-1"),
            "QUERY_STRING": "source=" + query.decode("latin-1"),
        }
        assert house.client.get("/", environ_overrides=raw).status_code < 500


@pytest.mark.parametrize("name", ["patient_name", "note", "reasons", "best_time"])
def test_an_accepted_referral_says_what_was_sent(house: House, name: str) -> None:
    strange = "Zoë O’Brien-山田 <b>&amp;</b> {{7*7}} %00 ${x} '); DROP TABLE referral;--"

    answer = house.client.post("/referrals", data={**ENOUGH, name: strange})

    assert answer.status_code == 303
    said = house.only_words()[name]
    assert said == ([strange] if name == "reasons" else strange)
