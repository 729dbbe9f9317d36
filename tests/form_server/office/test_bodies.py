from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.office.bodies import (
    FORM_TYPE,
    JSON_TYPE,
    MAX_BODY_BYTES,
    MULTIPART_TYPE,
    BodyRefused,
    parse_body,
)


def parse(body: bytes, mimetype: str = FORM_TYPE, **parameters: str) -> dict[str, Any]:
    return dict(parse_body(body, mimetype, parameters))


def refusal(body: bytes, mimetype: str = FORM_TYPE, **parameters: str) -> BodyRefused:
    with pytest.raises(BodyRefused) as refused:
        parse_body(body, mimetype, parameters)
    return refused.value


def parts(*pieces: bytes) -> bytes:
    return b"".join(b"--x\r\n" + piece + b"\r\n" for piece in pieces) + b"--x--\r\n"


def part(name: str, value: bytes, extra: str = "") -> bytes:
    return f'Content-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + value


def status_of(body: bytes, mimetype: str) -> int:
    """The status that a body of any bytes would get, 200 when it is read."""
    try:
        fields = parse_body(body, mimetype, {"boundary": "x"})
    except BodyRefused as refused:
        return refused.status
    assert isinstance(fields, dict)
    return 200


def test_a_form_is_names_and_texts_and_a_repeated_name_is_a_list() -> None:
    assert parse(b"reasons=panic&note=caf%C3%A9+x&reasons=other&empty=&reasons=ibs") == {
        "reasons": ["panic", "other", "ibs"],
        "note": "café x",
        "empty": "",
    }


def test_raw_utf8_in_a_form_is_read_like_escaped() -> None:
    assert parse("note=café".encode()) == {"note": "café"}


def test_a_multipart_form_without_files_is_a_form() -> None:
    body = parts(part("note", "é\r\nx".encode()), part("reasons", b"a"), part("reasons", b"b"))

    assert parse(body, MULTIPART_TYPE, boundary="x") == {"note": "é\r\nx", "reasons": ["a", "b"]}


def test_json_numbers_stay_as_they_were_written() -> None:
    assert parse(b'{"patient_phone": 3605550142, "n": 1e999}', JSON_TYPE) == {
        "patient_phone": "3605550142",
        "n": "1e999",
    }


def test_json_may_begin_with_a_byte_order_mark() -> None:
    assert parse(b'\xef\xbb\xbf{"a": true}', "application/vnd.api+json") == {"a": True}


@pytest.mark.parametrize(
    ("body", "mimetype", "status"),
    [
        (b"x" * (MAX_BODY_BYTES + 1), FORM_TYPE, 413),
        (b"&".join(b"a%d=1" % n for n in range(9000)), FORM_TYPE, 413),
        (b"a=%FF", FORM_TYPE, 400),
        (b"a=\xff", FORM_TYPE, 400),
        (b"a=%ED%A0%80", FORM_TYPE, 400),
        (b"[" * 60_000, JSON_TYPE, 400),
        (b'{"a":' * 10_000, JSON_TYPE, 400),
        (b'{"a":1,"a":2}', JSON_TYPE, 400),
        (b'{"a":{"b":1,"b":2}}', JSON_TYPE, 400),
        (b"[1]", JSON_TYPE, 400),
        (b"null", JSON_TYPE, 400),
        (b"", JSON_TYPE, 400),
        (b'{"a": NaN}', JSON_TYPE, 400),
        (b'{"a": ' + b"9" * 60_000 + b"}", JSON_TYPE, None),
        (b'{"a": "\xff"}', JSON_TYPE, 400),
        ('{"a": 1}'.encode("utf-16"), JSON_TYPE, 400),
        (json.dumps({str(n): 1 for n in range(5000)}).encode(), JSON_TYPE, 413),
        (b"<a/>", "application/xml", 415),
        (b"a=1", "text/plain", 415),
        (b"a=1", "", 415),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_status_that_says_why(
    body: bytes, mimetype: str, status: int | None
) -> None:
    if status is None:
        assert parse(body, mimetype)
    else:
        assert refusal(body, mimetype).status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (parts(part("f", b"x", '; filename="scan.pdf"')), 415),
        (parts(part("f", b"", '; filename=""')), 415),
        (parts(part("f", b"\xff")), 400),
        (parts(part("f", b"x"))[:-20], 400),
        (b"", 400),
        (b"--x\r\n\r\n\r\n--x--", 400),
        (b"--x\r\nContent-Disposition: form-data\xff\r\n\r\n1\r\n--x--", 400),
        (parts(*[part("f", b"1")] * 500), 413),
    ],
)
def test_a_multipart_form_with_files_or_damage_is_refused(body: bytes, status: int) -> None:
    assert refusal(body, MULTIPART_TYPE, boundary="x").status == status


@pytest.mark.parametrize("parameters", [{}, {"boundary": ""}, {"boundary": "é"}])
def test_a_multipart_form_needs_its_boundary(parameters: dict[str, str]) -> None:
    assert refusal(parts(), MULTIPART_TYPE, **parameters).status == 400


def test_a_refusal_carries_nothing_of_the_body() -> None:
    for body, mimetype in ((b"a=Quill%FF", FORM_TYPE), (b'{"a":"Quill"', JSON_TYPE)):
        refused = refusal(body, mimetype)

        assert "Quill" not in str(refused)
        assert refused.__cause__ is None
        assert refused.__suppress_context__


@given(
    st.binary(max_size=400),
    st.sampled_from([FORM_TYPE, JSON_TYPE, MULTIPART_TYPE, "text/plain"]),
)
def test_any_bytes_are_fields_or_a_refusal(body: bytes, mimetype: str) -> None:
    assert status_of(body, mimetype) in {200, 400, 413, 415}


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_any_parts_are_fields_or_a_refusal(pieces: list[bytes]) -> None:
    assert status_of(parts(*pieces), MULTIPART_TYPE) in {200, 400, 413, 415}
