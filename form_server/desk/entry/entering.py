"""Letting somebody in whose key is open, by whichever door they came."""

from __future__ import annotations

from flask import Response, request

from form_server.desk.console import Desk
from form_server.desk.entry.cookies import (
    DEVICE,
    read_cookie,
    set_device_cookie,
    set_session_cookie,
)
from form_server.desk.entry.guard import signed_in_or_none
from form_server.desk.entry.sessions import begin_session, end_session
from form_server.desk.entry.throttle import is_device_of, new_device_mark
from form_server.ledger import User
from form_server.vault import PrivateKey, SessionSecret


def let_in(desk: Desk, user: User, key: PrivateKey, response: Response) -> SessionSecret:
    """A new session, whose cookies go out with `response`; one that the browser had ends."""
    before = signed_in_or_none()
    if before is not None:
        end_session(desk, before)
    secret = begin_session(desk, user, key, request.headers.get("User-Agent", ""))
    set_session_cookie(desk, response, secret.token)
    if not is_device_of(desk, read_cookie(desk, DEVICE), user.id):
        set_device_cookie(desk, response, new_device_mark(desk, user.id))
    return secret
