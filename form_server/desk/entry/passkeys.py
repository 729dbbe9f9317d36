"""The devices that open the desk with one touch: listed, added, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, jsonify, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.ceremony import (
    Answer,
    ask_to_register,
    check_registration,
    relying_party,
)
from form_server.desk.entry.fresh import require_fresh
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.sessions import SignedIn, describe_device
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.keys import Keyholder, add_passkey
from form_server.ledger import AnswerSpent
from form_server.vault import PasskeyRefused

_ADDED: Final = "This device opens your desk with one touch from now on."
_REMOVED: Final = "That passkey opens nothing any more. You can delete it on its device as well."
_REFUSED: Final = (
    "That passkey was not added: its answer came too late or was not whole. Try again."
)


@dataclass(frozen=True)
class Row:
    label: str
    since: str
    remove: str


@dataclass(frozen=True)
class PasskeysPage:
    """`host` is empty where browsers have no passkeys, and `options` is what the script asks."""

    rows: tuple[Row, ...]
    host: str
    options: str
    add: str
    label: str
    script: str
    done: str
    error: str


def show_passkeys() -> Response:
    done = {"added": _ADDED, "removed": _REMOVED}.get(request.args.get("done", ""), "")
    return _page(done=done)


def passkey_options() -> Response:
    """What the device is asked; a new challenge each time."""
    desk, user = the_desk(), signed_in()
    return jsonify(
        ask_to_register(
            desk,
            user_id=user.user.id,
            email=user.user.email,
            name=user.user.name,
            purpose=purpose_of(user),
            known=desk.ledger.passkeys.of_user(user.user.id),
        )
    )


def take_passkey() -> Response:
    """The user's key, locked a second time, under what the device's PRF answered."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    try:
        registered = check_registration(desk, answer_of_form(), purpose=purpose_of(user))
        add_passkey(desk.ledger, Keyholder.of_user(user.user, user.key), registered)
    except (PasskeyRefused, AnswerSpent, ValueError):
        return _page(error=_REFUSED, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_to(url_for("desk.show_passkeys", done="added"))


def remove_passkey(passkey_id: str) -> Response:
    """Raises NotFound for what is not the user's own."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    desk.ledger.passkeys.remove(passkey_id, user.user.id, actor=user.actor)
    return go_to(url_for("desk.show_passkeys", done="removed"))


def answer_of_form() -> Answer:
    form = request.form
    return Answer(form.get("credential", ""), form.get("prf", ""), form.get("label", ""))


def purpose_of(user: SignedIn) -> str:
    """A challenge of one session is of no use in another."""
    return f"register {user.user.id} {user.csrf_token}"


def _page(*, done: str = "", error: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    desk, user = the_desk(), signed_in()
    now, zone = desk.clock(), desk.practice().time_zone
    rows = tuple(
        Row(
            label=one.label if one.opens_key else f"{one.label} (second step only)",
            since=f"Added {say_moment(one.created_at, now, zone)}"
            + (f", used {say_moment(one.last_used_at, now, zone)}" if one.last_used_at else ""),
            remove=url_for("desk.remove_passkey", passkey_id=one.id),
        )
        for one in desk.ledger.passkeys.of_user(user.user.id)
    )
    view = PasskeysPage(
        rows=rows,
        host=relying_party(desk) or "",
        options=url_for("desk.passkey_options"),
        add=url_for("desk.take_passkey"),
        label=describe_device(request.headers.get("User-Agent", "")),
        script=url_for("desk.static", filename="passkey.js"),
        done=done,
        error=error,
    )
    return render_page("passkeys.html", view, title="Passkeys", signed_in=user, status=status)
