"""What an examination said, as the tests look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from form_server.doctor import Finding, Verdict, examine
from form_server.doctor.findings import Findings

NOW = datetime.now(UTC)


def no_records(_name: str) -> tuple[str, ...]:
    return ()


def examined(env: dict[str, str], *, send: bool = False) -> dict[str, list[Finding]]:
    """By subject."""
    found: dict[str, list[Finding]] = {}
    for one in examine(env, lambda: NOW, send=send, look_up=no_records):
        found.setdefault(one.subject, []).append(one)
    return found


def failing(found: dict[str, list[Finding]]) -> dict[str, str]:
    return {
        subject: str(one)
        for subject, some in found.items()
        for one in some
        if one.verdict is Verdict.FAIL
    }


def only(findings: Findings) -> Finding:
    (one,) = findings
    return one
