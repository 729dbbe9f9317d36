"""The page behind the menu's last place: all that is not needed every day."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import ROLE_NAMES
from form_server.desk.menu import MenuItem, find_more
from form_server.desk.page import render_page
from form_server.desk.setup.health_signs import find_trouble


@dataclass(frozen=True)
class MorePage:
    """`trouble` is a sentence when the server does not do its work, else empty."""

    places: tuple[MenuItem, ...]
    trouble: str
    health: str
    name: str
    role: str


def show_more() -> Response:
    user = signed_in()
    trouble, health = find_trouble(the_desk()), url_for("desk.show_health")
    view = MorePage(find_more(user), trouble, health, user.user.name, ROLE_NAMES[user.user.role])
    return render_page("setup/more.html", view, title="More", signed_in=user)
