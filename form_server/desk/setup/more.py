"""The page behind the menu's last place: all that is not needed every day."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import ROLE_NAMES
from form_server.desk.menu import MenuItem, find_more
from form_server.desk.page import render_page


@dataclass(frozen=True)
class MorePage:
    places: tuple[MenuItem, ...]
    name: str
    role: str


def show_more() -> Response:
    user = signed_in()
    view = MorePage(find_more(user), user.user.name, ROLE_NAMES[user.user.role])
    return render_page("setup/more.html", view, title="More", signed_in=user)
