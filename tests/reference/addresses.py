"""Every address that the server answers, as its own routing has it, and who may ask there."""

from __future__ import annotations

import importlib
import inspect
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from form_server.app import create_app, services_of
from form_server.desk.blueprint import WAYS
from form_server.desk.entry.guard import _OPEN_VIEWS
from form_server.desk.entry.roles import RIGHTS, ROLE_NAMES
from tests.form_server.office.house import draw_blueprint, settings_in

_HEAD: Final = ("| address | who may | what it is |", "|---|---|---|")
_METHODS: Final = ("GET", "POST")
_ROOMS: Final = "form_server.desk."
_DESK: Final = "desk."
_TITLES: Final = {"": "The first page", "entry": "Signing in", "setup": "Settings"}
"""Where the room's own name would not do."""
_TOLD: Final = {
    "desk.static": "Styles, scripts and faces of the desk",
    "desk.pulse": "What an open page asks every few seconds; it keeps nobody signed in",
    "desk.show_nowhere": "The desk’s own answer to an address that is none",
    "desk.show_worker": "The service worker of the installed desk",
    "metrics": "Counts and ages for Prometheus; without a token in the settings it is not there.",
}
"""Where a name does not say it."""


@dataclass(frozen=True)
class Address:
    """`room` is the package of the desk that the view is in; empty outside of them."""

    rule: str
    method: str
    endpoint: str
    room: str
    about: str

    @property
    def is_desk(self) -> bool:
        return self.endpoint.startswith(_DESK)

    def row(self) -> str:
        return f"| `{self.method} {self.rule}` | {_who_may(self)} | {self.about} |"


@cache
def addresses() -> tuple[Address, ...]:
    """Of a real server whose practice has one language, in the order of their rules."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(draw_blueprint(Path(folder) / "founded").folder))
        services_of(app).close()
    found = [
        Address(
            re.sub(r"<[^>:]+:(\w+)>", r"<\1>", rule.rule),
            method,
            rule.endpoint,
            _room(app.view_functions[rule.endpoint].__module__),
            _TOLD.get(rule.endpoint)
            or _about(app.view_functions[rule.endpoint], is_desk=rule.endpoint.startswith(_DESK)),
        )
        for rule in app.url_map.iter_rules()
        for method in _METHODS
        if method in (rule.methods or ())
    ]
    return tuple(sorted(found, key=lambda one: (one.rule, one.method)))


def public_addresses() -> str:
    return "\n".join((*_HEAD, *(one.row() for one in addresses() if not one.is_desk)))


def desk_addresses() -> str:
    """A table for each room, by the room's name; the first page before them."""
    return "\n".join(_rooms()).rstrip("\n")


def _rooms() -> Iterator[str]:
    desk = [one for one in addresses() if one.is_desk]
    for room in sorted({one.room for one in desk}):
        yield from (f"## {_TITLES.get(room, room.capitalize())}", "")
        if room:
            package = importlib.import_module(f"{_ROOMS}{room}")
            yield from (_first_sentence(inspect.getdoc(package) or ""), "")
        yield from (*_HEAD, *(one.row() for one in desk if one.room == room), "")


def _who_may(address: Address) -> str:
    if "<token>" in address.rule:
        return "whoever has the link"
    if address.endpoint == "metrics":
        return "whoever has the token"
    if not address.is_desk or address.endpoint in _OPEN_VIEWS:
        return "anybody"
    right = _rights().get(address.endpoint)
    if right is None:
        return "users"
    return ", ".join(f"{ROLE_NAMES[role].lower()}s" for role, has in RIGHTS.items() if right in has)


@cache
def _rights() -> dict[str, object]:
    return {f"desk.{way.view.__name__}": way.right for way in WAYS if way.right is not None}


def _room(module: str) -> str:
    """`form_server.desk.entry.sign_in` is in `entry`; `form_server.desk.today` in none."""
    inside = module.removeprefix(_ROOMS).split(".")
    return inside[0] if module.startswith(_ROOMS) and len(inside) > 1 else ""


def _about(view: object, *, is_desk: bool) -> str:
    """The view's name in words; in public with the first sentence of what is said of it."""
    name = str(getattr(view, "__name__", "")).removeprefix("show_").replace("_", " ").capitalize()
    told = "" if is_desk else _first_sentence(inspect.getdoc(view) or "")
    return f"{name}. {told}" if told else name


def _first_sentence(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "or")
    return re.split(r"(?<=[.!?])\s(?=[A-Z])", plain)[0]
