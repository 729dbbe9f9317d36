"""A line for each request, for hosts whose log is read by programs.

What is told of the address is the rule that it matched: a path may hold a token, and a query what
somebody typed. Who asked is not told at all.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from form_server.journal import about

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RULE: Final = "handoff.rule"
"""In a request's environment: the rule, where Flask or the short way for referrals found one."""
REFERRAL: Final = "handoff.referral"
"""The id of the referral that was taken in."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_NO_RULE: Final = "-"

_log = logging.getLogger(__name__)


def note_rule(response: Response) -> Response:
    """Runs after every view."""
    request.environ[RULE] = str(request.url_rule or _NO_RULE)
    return response


def install_access_log(app: Flask) -> None:
    """Around all that the app has by now, so that no answer goes out untold."""
    app.after_request(note_rule)
    app.wsgi_app = AccessLog(app.wsgi_app)  # type: ignore[method-assign]


class AccessLog:
    """WSGI middleware; a request is told of when its answer has been written."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began_s = time.perf_counter()
        said = [""]

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None
        ) -> object:
            said[0] = status.partition(" ")[0]
            return start_response(status, headers, exc_info)

        def tell() -> None:
            _tell(environ, said[0], time.perf_counter() - began_s)

        try:
            answer = self._app(environ, start)  # type: ignore[arg-type]  # it gives what it was given
        except BaseException:
            tell()
            raise
        return ClosingIterator(answer, tell)


def _tell(environ: WSGIEnvironment, status: str, took_s: float) -> None:
    method = environ.get("REQUEST_METHOD", "")
    known = method if method in _METHODS else _NO_RULE
    rule = environ.get(RULE, _NO_RULE)
    facts = about(
        "request", method=known, route=rule, status=int(status or 0), ms=round(took_s * 1000, 1),
        referral=environ.get(REFERRAL),
    )  # fmt: skip
    _log.info("%s %s %s", known, rule, status, extra=facts)
