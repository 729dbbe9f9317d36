"""The OpenAPI 3.1 document, made from the shapes and from the addresses as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec

from form_server.office.api import models
from form_server.office.bodies import JSON_TYPE, PROBLEM_TYPE

Json = dict[str, Any]
_REF: Final = "#/components/schemas/{name}"
_SHAPES: Final = (
    models.Referral, models.Question, models.Receipt, models.Interrupted, models.ReferralStatus,
    models.QuestionStatus, models.FreeTimes, models.Rooms, models.Health, models.Readiness,
    models.Problem,
)  # fmt: skip
_REFUSALS: Final[Mapping[HTTPStatus, str]] = {
    HTTPStatus.BAD_REQUEST: "It cannot be read.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "It is longer than any referral.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "It is neither JSON nor a form.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something has to be mended first; each field is named.",
    HTTPStatus.TOO_MANY_REQUESTS: "More than people can type. Retry-After says when; or call.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Nothing was stored: call, or send it again.",
}
_GONE: Final = {HTTPStatus.NOT_FOUND: "The link leads nowhere, or no longer."}
_UNREADABLE: Final = {HTTPStatus.BAD_REQUEST: "It cannot be read."}
_DOWN: Final = {HTTPStatus.SERVICE_UNAVAILABLE: "Our records cannot be read."}
_SOURCE: Final = ("source", "The office's code.")


def describe_api(practice: str, url: str, version: str) -> Json:
    """The whole document; `url` is where this server is reached."""
    _, shapes = msgspec.json.schema_components(_SHAPES, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Referrals to {practice}",
            "version": version or "0",
            "description": (
                "Send a referral as a program does, and ask how it stands. Not for emergencies: "
                "call 911, or call or text 988. A repeated Idempotency-Key with the same body gives "
                "the same receipt; without one, the same words within ten minutes do. Browsers send "
                "the same fields as a form, and get pages: send `Accept: application/json`."
            ),
        },
        "servers": [{"url": url}],
        "paths": {
            "/referrals": {
                "get": _form("The form, for people", "getReferralForm"),
                "post": _sending("Refer a patient", models.Referral, "postReferral"),
            },
            "/questions": {
                "get": _form("The page for questions, for people", "getQuestionForm"),
                "post": _sending("Ask the practice", models.Question, "postQuestion"),
            },
            "/status/{token}": {
                "get": _reading(
                    "How a referral stands", models.ReferralStatus, "getStatus",
                    path=("token",), refusals=_GONE | _DOWN,
                )
            },
            "/asked/{token}": {
                "get": _reading(
                    "How a question stands", models.QuestionStatus, "getAsked",
                    path=("token",), refusals=_GONE | _DOWN,
                )
            },
            "/first-calls.json": {
                "get": _reading(
                    "Times held for a first call", models.FreeTimes, "getFirstCalls",
                    query=(_SOURCE, ("clinician", "For whom.")), refusals=_DOWN,
                )
            },
            "/openings.json": {
                "get": _reading(
                    "Who has room", models.Rooms, "getOpenings",
                    query=(("of", "Slugs, parted by commas; everybody without it."),),
                    refusals=_DOWN,
                )
            },
            "/healthz": {"get": _reading("Is it alive?", models.Health, "getHealth")},
            "/readyz": {
                "get": _reading("Can it work?", models.Readiness, "getReadiness")
                | {"responses": _readiness()}
            },
        },
        "components": {"schemas": shapes},
    }  # fmt: skip


def _sending(summary: str, shape: type[msgspec.Struct], name: str) -> Json:
    key = {
        "name": "Idempotency-Key", "in": "header", "schema": {"type": "string"},
        "description": "A name of your own for this sending.",
    }  # fmt: skip
    return {
        "summary": summary,
        "operationId": name,
        "parameters": [key],
        "requestBody": {"required": True, "content": {JSON_TYPE: {"schema": _ref(shape)}}},
        "responses": {
            "200": _answer("Look at this before it is sent.", models.Interrupted),
            "201": _answer("It is stored.", models.Receipt)
            | {"headers": {"Location": {"schema": {"type": "string"}}}},
            **_problems(_REFUSALS),
        },
    }


def _form(summary: str, name: str) -> Json:
    page = {"text/html": {"schema": {"type": "string"}}}
    return {
        "summary": summary,
        "operationId": name,
        "parameters": [],
        "responses": {
            "200": {"description": "The page.", "content": page},
            "303": {"description": "Where the page is.", "content": page},
            **_problems(_UNREADABLE),
        },
    }


def _reading(
    summary: str,
    shape: type[msgspec.Struct],
    name: str,
    *,
    path: Sequence[str] = (),
    query: Sequence[tuple[str, str]] = (),
    refusals: Mapping[HTTPStatus, str] | None = None,
) -> Json:
    return {
        "summary": summary,
        "operationId": name,
        "parameters": [
            *(
                {"name": one, "in": "path", "required": True, "schema": {"type": "string"}}
                for one in path
            ),
            *(
                {"name": one, "in": "query", "description": about, "schema": {"type": "string"}}
                for one, about in query
            ),
        ],
        "responses": {
            "200": _answer("As it stands.", shape),
            **_problems(_UNREADABLE | dict(refusals or {})),
        },
    }


def _readiness() -> Json:
    return {
        "200": _answer("What is sent now is stored and forwarded.", models.Readiness),
        "503": _answer("It would not be; what is in the way is named.", models.Readiness),
        **_problems(_UNREADABLE),
    }


def _answer(about: str, shape: type[msgspec.Struct], kind: str = JSON_TYPE) -> Json:
    """For a program; whoever asks for HTML, as browsers do, may get a page instead."""
    page = {"schema": {"type": "string"}}
    return {"description": about, "content": {kind: {"schema": _ref(shape)}, "text/html": page}}


def _problems(refusals: Mapping[HTTPStatus, str]) -> Json:
    return {
        str(int(status)): _answer(about, models.Problem, PROBLEM_TYPE)
        for status, about in refusals.items()
    }


def _ref(shape: type[msgspec.Struct]) -> Json:
    return {"$ref": _REF.format(name=shape.__name__)}
