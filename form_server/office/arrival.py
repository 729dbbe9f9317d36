"""A sending as it arrived, free of any framework: what is said around the body, and the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

from form_server.office.bodies import JSON_TYPE, PROBLEM_TYPE
from form_server.office.watch import Visit


@dataclass(frozen=True)
class Arrival:
    """`mimetype` is in small letters, without its `parameters`; `key` is the Idempotency-Key."""

    visit: Visit
    mimetype: str
    parameters: Mapping[str, str]
    wants_json: bool
    key: str
    body: bytes

    @classmethod
    def from_environ(cls, environ: Mapping[str, object], body: bytes) -> Arrival:
        """Of a WSGI environment whose body was read already."""
        header = _Headers(environ)
        mimetype, parameters = parse_content_type(header["CONTENT_TYPE"])
        return cls(
            visit=Visit(
                header["REMOTE_ADDR"] or None,
                header["HTTP_ORIGIN"] or None,
                header["HTTP_REFERER"] or None,
            ),
            mimetype=mimetype,
            parameters=parameters,
            wants_json=prefers_json(mimetype, header["HTTP_ACCEPT"]),
            key=header["HTTP_IDEMPOTENCY_KEY"],
            body=body,
        )

    @classmethod
    def of(cls, request: Request) -> Arrival:
        return cls.from_environ(request.environ, request.get_data(cache=False))


@lru_cache(maxsize=64)
def parse_content_type(said: str) -> tuple[str, Mapping[str, str]]:
    """The type in small letters, and its parameters."""
    kind, parameters = parse_options_header(said)
    return kind.lower(), parameters


@lru_cache(maxsize=64)
def prefers_json(mimetype: str, accept: str) -> bool:
    """Whether to answer a program: it sent JSON, or would rather have JSON than a page."""
    if mimetype == JSON_TYPE or mimetype.endswith("+json"):
        return True
    if "json" not in accept:
        return False
    accepted = parse_accept_header(accept, MIMEAccept)
    json_quality = max(accepted[JSON_TYPE], accepted[PROBLEM_TYPE])
    return bool(json_quality > accepted["text/html"])


class _Headers:
    """Reads a WSGI environment as text; what is not there is empty."""

    def __init__(self, environ: Mapping[str, object]) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        value = self._environ.get(name, "")
        return value if isinstance(value, str) else ""
