"""`/healthz` and `/readyz`: whether the process lives, and whether it can do its work."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from flask import Response

from form_server.awaiting import NO_OWNER
from form_server.ledger import LedgerUnavailable
from form_server.office.answers import answer_json
from form_server.office.counter import Office, the_office

_OK: Final = "ok"

_log = logging.getLogger(__name__)


def show_health() -> Response:
    """Answers whatever else goes wrong; touches neither disk nor network.

    Any website may read it: a form that stands where this server was not told of can so tell a
    server that lives from a gateway that answers for a dead one.
    """
    response = answer_json({"status": _OK})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def show_readiness() -> Response:
    """200 when a referral sent now would be stored and forwarded, else 503 and what is in the way."""
    office = the_office()
    checks = {
        "ledger": _check_ledger(office),
        "disk": _check_disk(office),
        "worker": _check_worker(office),
    }
    if checks["ledger"] == _OK and not office.ledger.inboxes.all():
        checks["owner"] = NO_OWNER
    ready = all(said == _OK for said in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return answer_json({"status": _OK if ready else "not ready", "checks": checks}, status)


def _check_ledger(office: Office) -> str:
    try:
        office.ledger.check_writable()
    except LedgerUnavailable as error:
        _log.error("not ready: %s", error)
        return "cannot commit"
    return _OK


def _check_disk(office: Office) -> str:
    if office.disk.free_mb() is None:
        return "cannot be read"
    return "nearly full" if office.disk.is_low() else _OK


def _check_worker(office: Office) -> str:
    return "not running" if office.is_delivering() is False else _OK
