"""The whole document walked with made-up requests: each answer is one that the document tells of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from tests.form_server.office.from_schema import UnknownSchema, good, nearly_good
from tests.form_server.office.house import ENOUGH, House, build_house, draw_blueprint

JSON = "application/json"
FAIRLY_MANY = settings(
    max_examples=60, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
HEADER = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60)
IN_A_PATH = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    drawn = draw_blueprint(tmp_path_factory.mktemp("founded"))
    house = build_house(drawn, tmp_path_factory.mktemp("held") / "house")
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def client(house: House) -> FlaskClient:
    return house.client


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").get_json()
    return found


@pytest.fixture(scope="module")
def judge(document: dict[str, Any]) -> Judge:
    return Judge(document)


class Judge:
    """Holds answers against the document; a schema that was never met has not been tested."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._paths = document["paths"]
        root = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource("urn:api", root)
        self.met: set[tuple[str, str, str]] = set()

    def hold(self, path: str, method: str, answer: TestResponse) -> None:
        status = str(answer.status_code)
        told = self._paths[path][method]["responses"]
        assert status in told, f"{method} {path} answered {status}: {answer.text[:300]}"
        kinds = told[status]["content"]
        assert answer.mimetype in kinds, f"{method} {path} {status} is {answer.mimetype}"
        if answer.mimetype != "text/html":
            reference = kinds[answer.mimetype]["schema"]["$ref"]
            schema = {"$ref": f"urn:api{reference}"}
            Draft202012Validator(schema, registry=self._registry).validate(answer.get_json())
        for name in told[status].get("headers", ()):
            assert answer.headers[name]
        self.met.add((path, method, status))


def operations(document: Mapping[str, Any], method: str) -> list[tuple[str, dict[str, Any]]]:
    return [(path, told[method]) for path, told in document["paths"].items() if method in told]


@FAIRLY_MANY
@given(data=st.data())
def test_whatever_is_sent_the_answer_is_a_described_one(
    client: FlaskClient, document: dict[str, Any], judge: Judge, data: st.DataObject
) -> None:
    for path, told in operations(document, "post"):
        schema = told["requestBody"]["content"][JSON]["schema"]
        body = data.draw(good(schema, document) | nearly_good(schema, document))
        headers = {"Accept": data.draw(st.sampled_from([JSON, "*/*", "text/html"]))}
        headers |= {"Idempotency-Key": key} if (key := data.draw(HEADER | st.none())) else {}
        answer = client.post(path, data=json.dumps(body), content_type=JSON, headers=headers)
        if headers["Accept"] == JSON:  # else a browser's: a page, or the way to one
            judge.hold(path, "post", answer)
        assert answer.status_code < 500


@FAIRLY_MANY
@given(data=st.data())
def test_whatever_is_asked_the_answer_is_a_described_one(
    client: FlaskClient, document: dict[str, Any], judge: Judge, data: st.DataObject
) -> None:
    for path, told in operations(document, "get"):
        asked, query = path, {}
        for one in told["parameters"]:
            if one["in"] == "path":
                value = data.draw(IN_A_PATH)
                assume(value not in (".", ".."))
                asked = asked.replace("{" + one["name"] + "}", quote(value, safe=""))
            else:
                query[one["name"]] = data.draw(good(one["schema"], document) | st.none())
        said = urlencode({name: one for name, one in query.items() if one is not None})
        answer = client.get(f"{asked}?{said}", headers={"Accept": JSON})
        if "/" in asked.removeprefix(path.partition("{")[0]) or "%2F" in asked:
            assert answer.status_code in (404, 308, 200)  # another address than the one described
        else:
            judge.hold(path, "get", answer)


def test_what_is_in_order_is_taken_and_can_be_asked_for(
    client: FlaskClient, judge: Judge, document: dict[str, Any]
) -> None:
    """Random words are refused for the most part; these are what the document promises to take."""
    question = {name: one for name, one in ENOUGH.items() if name.startswith("referrer")}
    sendings = (
        ("/referrals", {**ENOUGH, "reasons": ["panic"], "patient_agreed": True}, "/status/{token}"),
        ("/questions", {**question, "question": "Do you take couples?"}, "/asked/{token}"),
    )
    for path, body, stands in sendings:
        schema = document["paths"][path]["post"]["requestBody"]["content"][JSON]["schema"]
        resolved = {"$ref": f"urn:api{schema['$ref']}"}
        Draft202012Validator(resolved, registry=judge._registry).validate(body)
        sent = client.post(path, json=body, headers={"Accept": JSON})
        judge.hold(path, "post", sent)
        assert sent.status_code == 201
        assert sent.headers["Location"] == sent.get_json()["status_url"]
        token = sent.get_json()["status_url"].rpartition("/")[2]
        asked = client.get(stands.replace("{token}", token), headers={"Accept": JSON})
        assert asked.status_code == 200
        judge.hold(stands, "get", asked)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_what_no_operation_takes_is_refused_with_those_that_it_takes(
    client: FlaskClient, document: dict[str, Any], method: str
) -> None:
    for path, told in document["paths"].items():
        answer = client.open(path.replace("{token}", "x"), method=method.upper())
        assert answer.status_code == 405
        allowed = {one.strip().lower() for one in answer.headers["Allow"].split(",")}
        assert set(told) <= allowed
        assert answer.mimetype in ("application/problem+json", "text/html")


def test_a_schema_that_nothing_here_makes_is_not_passed_over() -> None:
    with pytest.raises(UnknownSchema):
        good({"type": "null"}, {})


def test_a_judge_condemns_what_is_not_described(judge: Judge, client: FlaskClient) -> None:
    with pytest.raises(AssertionError, match="answered 404"):
        judge.hold("/referrals", "post", client.get("/nothing", headers={"Accept": JSON}))
    with pytest.raises(AssertionError, match="is application/json"):
        judge.hold("/referrals", "post", _as(client.get("/healthz"), 422))


def _as(answer: TestResponse, status: int) -> TestResponse:
    answer.status_code = status
    return answer
