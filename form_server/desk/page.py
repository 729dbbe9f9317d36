"""Pages of the desk: a frame that all share, and a view that the template only places."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, render_template, request, url_for

from form_server.desk.console import IDLE, the_desk
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.menu import MenuItem, find_menu
from form_server.desk.tabs import TabItem, find_tabs
from outreach_kit.brand import palette


@dataclass(frozen=True)
class Frame:
    """What stands around every page; `csrf_token` and `user_name` are empty for strangers.

    `here` is a page that can be fetched again; `now` is ISO 8601, because a phone's clock may be off.
    """

    title: str
    practice_name: str
    stylesheet: str
    script: str
    icon: str
    touch_icon: str
    manifest: str
    colour: str
    home: str
    here: str
    now: str
    sign_out: str
    pulse: str
    idle_s: int
    menu: tuple[MenuItem, ...]
    tabs: tuple[TabItem, ...]
    user_name: str
    csrf_token: str


def render_page(
    template: str,
    view: object,
    *,
    title: str,
    signed_in: SignedIn | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """A page from `templates/desk/`, which sees `frame` and `view` and nothing else of ours."""
    desk = the_desk()
    frame = Frame(
        title=title,
        practice_name=desk.practice().name,
        stylesheet=desk.assets["desk.css"],
        script=url_for("desk.static", filename="desk.js"),
        icon=url_for("desk.static", filename="desk.svg"),
        touch_icon=url_for("desk.show_icon", size=180),
        manifest=url_for("desk.show_manifest"),
        colour=palette(desk.practice().brand).accent,
        home=url_for("desk.show_today"),
        here=request.path if request.method == "GET" else url_for("desk.show_today"),
        now=desk.clock().isoformat(),
        sign_out=url_for("desk.sign_out"),
        pulse=url_for("desk.pulse"),
        idle_s=int(IDLE.total_seconds()),
        menu=find_menu(signed_in) if signed_in else (),
        tabs=find_tabs() if signed_in else (),
        user_name=signed_in.user.name if signed_in else "",
        csrf_token=signed_in.csrf_token if signed_in else "",
    )
    body = render_template(f"desk/{template}", frame=frame, view=view)
    return Response(body, status, mimetype="text/html")


def go_to(location: str) -> Response:
    """After a form: the browser fetches a page, and reloading that repeats nothing."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
