"""How the server is, in words: everybody sees whether notices go out, an owner sees all of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, url_for

from form_server.desk.console import Judged, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import Right, may
from form_server.desk.page import render_page
from form_server.desk.setup.health_signs import Sign, read_signs, read_signs_of_owner
from form_server.ledger import NotFound

LONGEST_S: Final = 12.0
"""A person waits so long for an answer from outside; what comes later is not shown."""
_AT_ONCE: Final = threading.Lock()
_BUSY: Final = "A check is under way already. Look again in a few seconds."
_TOO_LONG: Final = "The rest did not answer within {seconds:.0f} seconds."


@dataclass(frozen=True)
class HealthPage:
    """`check` is empty where there is no button; `found` is None until it was pressed."""

    headline: str
    signs: tuple[Sign, ...]
    details: tuple[Sign, ...]
    found: tuple[Judged, ...] | None
    unfinished: str
    check: str
    back: str


def show_health() -> Response:
    return _page()


def check_health() -> Response:
    """Asks mail server, name servers and this server's own door, for so long as a person waits."""
    desk, user = the_desk(), signed_in()
    if desk.machine.examine is None:
        raise NotFound("check", "desk")
    desk.ledger.audit.note("health.checked", actor=user.actor)
    if not _AT_ONCE.acquire(blocking=False):
        return _page((), _BUSY, HTTPStatus.TOO_MANY_REQUESTS)
    found, is_whole = gather(desk.machine.examine, LONGEST_S, _AT_ONCE.release)
    return _page(found, "" if is_whole else _TOO_LONG.format(seconds=LONGEST_S))


def gather(
    examine: Callable[[], Iterable[Judged]],
    longest_s: float,
    when_done: Callable[[], None] = lambda: None,
) -> tuple[tuple[Judged, ...], bool]:
    """What was found in time, and whether that is all. `when_done` is called at its real end, which
    may come later: a line that hangs is left to its own time-out."""
    found: list[Judged] = []

    def work() -> None:
        try:
            for one in examine():
                found.append(one)  # noqa: PERF402 - one by one: what is there in time is shown
        finally:
            when_done()

    thread = threading.Thread(target=work, name="health-check", daemon=True)
    thread.start()
    thread.join(longest_s)
    return tuple(found), not thread.is_alive()


def _page(
    found: tuple[Judged, ...] | None = None,
    unfinished: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    desk, user = the_desk(), signed_in()
    is_owner = may(user.user.role, Right.SETTINGS)
    signs = read_signs(desk, user)
    view = HealthPage(
        headline=_headline(signs),
        signs=signs,
        details=read_signs_of_owner(desk) if is_owner else (),
        found=found,
        unfinished=unfinished,
        check=url_for("desk.check_health") if is_owner and desk.machine.examine else "",
        back=url_for("desk.show_more"),
    )
    return render_page("setup/health.html", view, title="Health", signed_in=user, status=status)


def _headline(signs: tuple[Sign, ...]) -> str:
    wrong = sum(one.verdict == "fail" for one in signs)
    match wrong:
        case 0:
            return "The server does its work"
        case 1:
            return "One thing is wrong"
        case many:
            return f"{many} things are wrong"
