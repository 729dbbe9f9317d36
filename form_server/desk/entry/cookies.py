"""The desk's cookies: the session's, that of a sign-in which waits for its second step, and the one
that tells a device it has been here before.

Over HTTPS their names begin with `__Host-`, which makes browsers refuse them from any other host
and path. No script can read them and no other site can make a browser send them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Response, request

from form_server.desk.console import Desk

SESSION: Final = "desk"
STEP: Final = "desk-step"
DEVICE: Final = "desk-device"
_DEVICE_KEPT: Final = timedelta(days=365)


def read_cookie(desk: Desk, name: str) -> str | None:
    return request.cookies.get(_full(desk, name))


def set_session_cookie(desk: Desk, response: Response, token: str) -> None:
    """Without a lifetime: it ends with the browser, at the latest with its row."""
    _set(desk, response, SESSION, token, None)


def set_device_cookie(desk: Desk, response: Response, mark: str) -> None:
    _set(desk, response, DEVICE, mark, _DEVICE_KEPT)


def set_step_cookie(desk: Desk, response: Response, token: str, kept: timedelta) -> None:
    _set(desk, response, STEP, token, kept)


def drop_session_cookie(desk: Desk, response: Response) -> None:
    drop_cookie(desk, response, SESSION)


def drop_cookie(desk: Desk, response: Response, name: str) -> None:
    response.delete_cookie(
        _full(desk, name), path="/", secure=desk.is_https, httponly=True, samesite="Strict"
    )


def _set(desk: Desk, response: Response, name: str, value: str, kept: timedelta | None) -> None:
    response.set_cookie(
        _full(desk, name),
        value,
        max_age=kept,
        path="/",  # `__Host-` asks for it
        secure=desk.is_https,
        httponly=True,
        samesite="Strict",
    )


def _full(desk: Desk, name: str) -> str:
    return f"__Host-{name}" if desk.is_https else name
