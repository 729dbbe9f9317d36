"""The server that runs, if it does: whether it says of itself that it can take in and deliver."""

from __future__ import annotations

import http.client
import json
from typing import Final

from form_server.doctor.findings import Findings, fail, ok, warn
from form_server.settings import Settings

_TIMEOUT_S: Final = 5.0
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "[::]": "::1"}  # noqa: S104 - asked, not bound
_LONGEST: Final = 65_536


def check_server(settings: Settings) -> Findings:
    host = _EVERYWHERE.get(settings.host, settings.host).strip("[]")
    where = f"{host}:{settings.port}"
    try:
        status, body = _ask(host, settings.port)
    except OSError:
        todo = "Start it: python -m form_server serve"
        yield warn("server", f"nothing answers at {where}.", todo)
        return
    except http.client.HTTPException:
        yield fail("server", f"what answers at {where} is no web server.", "Check HANDOFF_PORT.")
        return
    checks = _checks(body)
    if checks is None:
        yield fail("server", f"another program answers at {where}.", "Check HANDOFF_PORT.")
    elif status == 200:
        yield ok("server", f"answers at {where}; its worker lives.")
    else:
        wrong = ", ".join(f"{name}: {said}" for name, said in checks.items() if said != "ok")
        yield fail("server", f"it is not ready ({wrong}).", "See its log.")


def _ask(host: str, port: int) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", "/readyz", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST)
    finally:
        connection.close()


def _checks(body: bytes) -> dict[str, str] | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    checks = said.get("checks") if isinstance(said, dict) else None
    if not isinstance(checks, dict):
        return None
    return {str(name): str(what) for name, what in checks.items()}
