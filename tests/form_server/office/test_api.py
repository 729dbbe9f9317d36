"""The document against the rooms that it describes: what it says is what they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from form_server.office.api import models
from form_server.office.asking.asked import ASK_FIELDS, HEADS_UP_FIELD
from form_server.office.page_stamp import STAMP_FIELD
from form_server.office.reading import FIELDS, RISK_FIELD
from form_server.office.routes import blueprint, told
from outreach_kit.web import PAGE_LANGUAGE_FIELD, THANKS_FIELD
from tests.form_server.office.house import (
    ENOUGH,
    Blueprint,
    House,
    build_house,
    draw_blueprint,
)

JSON = {"Accept": "application/json"}
PAGES_OWN = {THANKS_FIELD, RISK_FIELD, STAMP_FIELD, PAGE_LANGUAGE_FIELD, HEADS_UP_FIELD}
"""What only our own pages send: no program has a use for it."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    drawn: Blueprint = draw_blueprint(tmp_path_factory.mktemp("founded"))
    house = build_house(drawn, tmp_path_factory.mktemp("api") / "house")
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def client(house: House) -> FlaskClient:
    return house.client


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = answer.get_json()
    return found


def require(document: dict[str, Any], path: str, method: str, answer: Any) -> None:
    """The answer's status and type are described, and its body has the described shape."""
    said = document["paths"][path][method]["responses"][str(answer.status_code)]
    reference = said["content"][answer.mimetype]["schema"]["$ref"]
    root = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry().with_resource("urn:api", root)
    Draft202012Validator({"$ref": f"urn:api{reference}"}, registry=registry).validate(answer.json)


def test_every_address_for_programs_is_described(document: dict[str, Any]) -> None:
    described = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    rules = {
        rule
        for room in (blueprint, told)
        for rule in _rules_of(room)
        if rule.endswith(".json") or rule in described
    }

    assert described <= _all_rules()
    assert rules - {"/openapi.json"} <= described


def _rules_of(room: Any) -> list[str]:
    found: list[str] = []

    class Listener:
        def add_url_rule(self, rule: str, *_: object, **__: object) -> None:
            found.append(rule)

    for defer in room.deferred_functions:
        defer(Listener())
    return found


def _all_rules() -> set[str]:
    return {rule for room in (blueprint, told) for rule in _rules_of(room)}


def test_every_field_that_is_read_is_described() -> None:
    referral = set(models.Referral.__struct_fields__)
    question = set(models.Question.__struct_fields__)

    assert referral - {"submission_id"} == set(FIELDS) - PAGES_OWN
    assert question - {"submission_id"} == set(ASK_FIELDS) - PAGES_OWN


def test_the_document_is_an_openapi_document(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_what_is_answered_has_the_described_shapes(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    sent = client.post("/referrals", json=ENOUGH, headers=JSON)
    require(document, "/referrals", "post", sent)
    status = sent.get_json()["status_url"].rpartition("/")[2]
    require(document, "/status/{token}", "get", client.get(f"/status/{status}", headers=JSON))
    require(document, "/status/{token}", "get", client.get("/status/none", headers=JSON))
    asked = client.post(
        "/questions",
        json={
            "referrer_name": "Dana", "referrer_office": "Lakeside",
            "referrer_phone": "(360) 555-0188", "question": "Do you take couples?",
        },
        headers=JSON,
    )  # fmt: skip
    require(document, "/questions", "post", asked)
    token = asked.get_json()["status_url"].rpartition("/")[2]
    require(document, "/asked/{token}", "get", client.get(f"/asked/{token}", headers=JSON))
    for path in ("/first-calls.json", "/openings.json", "/healthz", "/readyz"):
        require(document, path, "get", client.get(path, headers=JSON))


@pytest.mark.parametrize("path", ["/referrals", "/questions"])
def test_each_refusal_has_the_described_shape(
    client: FlaskClient, document: dict[str, Any], path: str
) -> None:
    refused = [
        client.post(path, data=b"{", content_type="application/json", headers=JSON),
        client.post(path, json={"note": "x" * 70_000}, headers=JSON),
        client.post(path, data=b"<a/>", content_type="text/xml", headers=JSON),
        client.post(path, json={}, headers=JSON),
    ]

    assert [one.status_code for one in refused] == [400, 413, 415, 422]
    for one in refused:
        require(document, path, "post", one)


def test_words_of_risk_interrupt_only_who_asks_for_it(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    grave = {**ENOUGH, "note": "She wants to end her life.", "risk_notice": "ask"}

    answer = client.post("/referrals", json=grave, headers=JSON)

    assert answer.status_code == 200
    require(document, "/referrals", "post", answer)
