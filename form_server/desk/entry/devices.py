"""Where one is signed in, and the end of each of these sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.keys import second_factor_of
from form_server.ledger import NotFound

_MARK_CHARS: Final = 16
_DONE: Final = {
    "one": "That device is signed out.",
    "others": "Every other device is signed out.",
}


@dataclass(frozen=True)
class DeviceRow:
    """`end` is empty for the session that looks at the list."""

    label: str
    since: str
    end: str


@dataclass(frozen=True)
class DevicesPage:
    rows: tuple[DeviceRow, ...]
    end_others: str
    passkeys: str
    passkeys_count: int
    new_words: str
    second_step: str
    has_second_step: bool
    done: str


def show_devices() -> Response:
    """The user's own sessions, last seen first."""
    desk, user = the_desk(), signed_in()
    now, zone = desk.clock(), desk.practice().time_zone
    rows = []
    for one in desk.ledger.sessions.of_user(user.user.id, now):
        is_this = one.token_hash == user.secret.token_hash
        seen = "This device" if is_this else f"Last seen {say_moment(one.last_seen_at, now, zone)}"
        rows.append(
            DeviceRow(
                label=one.label,
                since=f"{seen}, signed in {say_moment(one.created_at, now, zone)}",
                end="" if is_this else url_for("desk.end_device", mark=_mark(one.token_hash)),
            )
        )
    view = DevicesPage(
        rows=tuple(rows),
        end_others=url_for("desk.end_other_devices"),
        passkeys=url_for("desk.show_passkeys"),
        passkeys_count=len(desk.ledger.passkeys.of_user(user.user.id)),
        new_words=url_for("desk.show_renewal"),
        second_step=url_for("desk.show_second_factor"),
        has_second_step=second_factor_of(desk.ledger, user.user.id) is not None,
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("devices.html", view, title="Devices", signed_in=user)


def end_device(mark: str) -> Response:
    """Ends one session of one's own; raises NotFound for any other."""
    desk, user = the_desk(), signed_in()
    for one in desk.ledger.sessions.of_user(user.user.id, desk.clock()):
        if _mark(one.token_hash) == mark and one.token_hash != user.secret.token_hash:
            desk.ledger.sessions.revoke(one.token_hash, actor=user.actor)
            return go_to(url_for("desk.show_devices", done="one"))
    raise NotFound("session", mark)


def end_other_devices() -> Response:
    """For a phone that was lost: only the session that asks stays."""
    end_all_others(the_desk(), signed_in())
    return go_to(url_for("desk.show_devices", done="others"))


def end_all_others(desk: Desk, user: SignedIn) -> None:
    for one in desk.ledger.sessions.of_user(user.user.id, desk.clock()):
        if one.token_hash != user.secret.token_hash:
            desk.ledger.sessions.revoke(one.token_hash, actor=user.actor)


def _mark(token_hash: bytes) -> str:
    """Enough of the hash to tell a user's sessions apart; it opens nothing."""
    return token_hash.hex()[:_MARK_CHARS]
