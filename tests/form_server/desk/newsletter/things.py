"""What the tests of the newsletter's pages do again and again."""

from __future__ import annotations

from datetime import date
from typing import Final

from werkzeug.test import TestResponse

from form_server.ledger import Channel, Claimed
from form_server.ledger.newsletter_rows import Issue
from tests.form_server.desk.stage import Stage, hidden

BY: Final = "user:user-1"
AGREED_ON: Final = date(2026, 5, 4)
NEXT: Final = "/desk/newsletter/next?note=after-the-clear-result"


def send(desk: Stage, path: str = NEXT, **changes: str) -> TestResponse:
    """A tap on the button of the page, as a browser would send it."""
    page = desk.get(path).text
    form = {name: hidden(page, name) for name in ("csrf_token", "issue_id", "readers")}
    return desk.post(path, {**form, **changes})


def press(desk: Stage, path: str, **form: str) -> TestResponse:
    return desk.post(path, {"csrf_token": desk.csrf_token, **form})


def only_issue(desk: Stage) -> Issue:
    (issue,) = desk.ledger.newsletters.issues()
    return issue


def due_today(desk: Stage) -> list[Claimed]:
    return desk.ledger.queue.claim("worker", desk.clock(), 50, Channel.BULK)
