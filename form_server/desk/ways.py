"""How a room of the desk says which addresses it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from flask import Response

from form_server.desk.entry.roles import Right

GET: Final = "GET"
POST: Final = "POST"


@dataclass(frozen=True)
class Way:
    """An address below /desk and the view behind it; the view's name is the endpoint's.

    `right` is what a user needs beyond being signed in; the guard asks before the view runs.
    """

    rule: str
    view: Callable[..., Response]
    method: Literal["GET", "POST"] = GET
    right: Right | None = None
