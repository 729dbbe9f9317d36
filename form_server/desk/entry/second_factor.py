"""Where users set up and end their own second step, and an owner asks everybody for one."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import segno
from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.ceremony import check_registration, relying_party
from form_server.desk.entry.fresh import is_fresh, require_fresh
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.passkeys import answer_of_form, purpose_of
from form_server.desk.entry.roles import Right, may
from form_server.desk.entry.sessions import SignedIn, describe_device
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.keys import (
    Keyholder,
    add_authenticator,
    add_second_device,
)
from form_server.ledger import AnswerSpent
from form_server.vault import AuthenticatorSecret, BoxRefused, CodeRefused, PasskeyRefused

_LONGEST_CODE: Final = 20
_DRAWN: Final = "drawn"  # what a shown secret is bound to until its digits come back
_QR_MARGIN: Final = 2
_DONE: Final = {
    "app": "From now on, the desk asks for your app’s six digits after your six words.",
    "device": "From now on, the desk asks for that device after your six words.",
    "ended": "The app’s digits are not asked for any more.",
    "first": "This practice asks everybody for a second step. Set yours up, and the desk opens.",
    "all": "Everybody is asked for a second step from now on. Who has none sets one up first.",
    "free": "Each user decides about a second step from now on.",
}
_REFUSED_DEVICE: Final = "That device was not added: its answer came too late or was not whole."


@dataclass(frozen=True)
class Drawn:
    """A secret that no app has yet; `sealed` brings it back with the digits that prove it."""

    picture: str = field(repr=False)
    letters: str = field(repr=False)
    sealed: str = field(repr=False)


@dataclass(frozen=True)
class DeviceRow:
    label: str
    since: str
    remove: str


@dataclass(frozen=True)
class SecondFactorPage:
    """`drawn` is None while an app is there, and for a session that is not fresh. `host` is empty
    where browsers have no passkeys."""

    app_since: str
    end_app: str
    drawn: Drawn | None
    add_app: str
    devices: tuple[DeviceRow, ...]
    host: str
    add_device: str
    options: str
    label: str
    script: str
    everybody: str
    is_for_all: bool
    is_fresh: bool
    again: str
    here: str
    done: str
    error: str


def show_second_factor() -> Response:
    return _page(done=_DONE.get(request.args.get("done", ""), ""))


def take_app() -> Response:
    """The app that was shown a secret, once it proves it."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    try:
        secret = _bring_back(user, request.form.get("drawn", ""))
        code = request.form.get("code", "")[:_LONGEST_CODE]
        add_authenticator(desk.ledger, _holder(user), secret, code, desk.clock())
    except BoxRefused:
        return _page(error="That page was out of date. Scan this one, then type its digits.")
    except CodeRefused as refusal:
        return _page(error=str(refusal), secret=secret)
    return go_to(url_for("desk.show_second_factor", done="app"))


def end_app() -> Response:
    """Raises NotFound when there is none."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    desk.ledger.second_factors.remove_authenticator(user.user.id, actor=user.actor)
    return go_to(url_for("desk.show_second_factor", done="ended"))


def take_second_device() -> Response:
    """A passkey that opens no referral and is asked for after the six words."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    try:
        registered = check_registration(desk, answer_of_form(), purpose=purpose_of(user))
        add_second_device(desk.ledger, _holder(user), registered)
    except (PasskeyRefused, AnswerSpent, ValueError):
        return _page(error=_REFUSED_DEVICE)
    return go_to(url_for("desk.show_second_factor", done="device"))


def ask_everybody() -> Response:
    """Whether all users need a second step: an owner's decision for the practice."""
    desk, user = the_desk(), signed_in()
    require_fresh(user, desk.clock())
    wanted = request.form.get("everybody") == "yes"
    desk.ledger.second_factors.ask_all(wanted, actor=user.actor)
    return go_to(url_for("desk.show_second_factor", done="all" if wanted else "free"))


def _holder(user: SignedIn) -> Keyholder:
    return Keyholder.of_user(user.user, user.key)


def _draw(desk: Desk, user: SignedIn, secret: AuthenticatorSecret) -> Drawn:
    """Nothing is stored until the digits come back: the secret travels sealed to the user's key."""
    address = secret.address(desk.practice().name, user.user.email)
    symbol = segno.make(address, error="m", micro=False)
    picture = symbol.svg_inline(border=_QR_MARGIN, omitsize=True, dark="#000", light="#fff")
    sealed = secret.seal(user.key.public, about=_bound(user))
    letters = secret.letters
    groups = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
    return Drawn(picture, groups, base64.b64encode(sealed).decode())


def _bring_back(user: SignedIn, sealed: str) -> AuthenticatorSecret:
    """Raises BoxRefused for what was not shown to this very session."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise BoxRefused from error
    return AuthenticatorSecret.open(raw, user.key, about=_bound(user))


def _bound(user: SignedIn) -> str:
    return f"{_DRAWN} {user.user.id} {user.csrf_token}"


def _page(
    *, done: str = "", error: str = "", secret: AuthenticatorSecret | None = None
) -> Response:
    desk, user = the_desk(), signed_in()
    now, zone = desk.clock(), desk.practice().time_zone
    app = desk.ledger.second_factors.authenticator_of(user.user.id)
    fresh = is_fresh(user, now)
    wanted = fresh and app is None
    drawn = _draw(desk, user, secret or AuthenticatorSecret.generate()) if wanted else None
    devices = tuple(
        DeviceRow(
            one.label,
            f"Added {say_moment(one.created_at, now, zone)}",
            url_for("desk.remove_passkey", passkey_id=one.id),
        )
        for one in desk.ledger.passkeys.of_user(user.user.id)
        if not one.opens_key
    )
    view = SecondFactorPage(
        app_since=f"Added {say_moment(app.created_at, now, zone)}" if app else "",
        end_app=url_for("desk.end_app"),
        drawn=drawn,
        add_app=url_for("desk.take_app"),
        devices=devices,
        host=relying_party(desk) or "",
        add_device=url_for("desk.take_second_device"),
        options=url_for("desk.passkey_options"),
        label=describe_device(request.headers.get("User-Agent", "")),
        script=url_for("desk.static", filename="passkey.js"),
        everybody=url_for("desk.ask_everybody") if may(user.user.role, Right.PEOPLE) else "",
        is_for_all=desk.ledger.second_factors.is_for_all(),
        is_fresh=fresh,
        again=url_for("desk.sign_out"),
        here=url_for("desk.show_second_factor"),
        done=done,
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "entry/second_factor.html", view, title="Second step", signed_in=user, status=status
    )
