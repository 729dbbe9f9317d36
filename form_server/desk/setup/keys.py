"""Every key of the practice by its fingerprint, and the recovery sheet: made when, tried when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.setup.keys_typed import open_typed_sheet
from form_server.desk.setup.sure import REFUSALS, asks_words
from form_server.ledger import HolderKind, Inbox, NotFound
from form_server.vault import PublicKey
from outreach_kit.errors import UsageError

TRIED: Final = "recovery.tried"
_MOMENT: Final = timedelta(seconds=1)
_DONE: Final = {
    "tried": "That is the sheet in use, and it opens. Lock it away again.",
    "replaced": "The new sheet is in use. The old one opens nothing any more: shred it.",
}


@dataclass(frozen=True)
class Version:
    number: int
    fingerprint: str


@dataclass(frozen=True)
class KeyRow:
    """`fits` compares the stored public key with the private one that this owner holds."""

    name: str
    newest: Version
    older: tuple[Version, ...]
    fits: str
    is_alarm: bool
    href: str


@dataclass(frozen=True)
class KeysPage:
    """`shut` names inboxes that this owner does not open wholly: they make no sheet then."""

    rows: tuple[KeyRow, ...]
    server: str
    sheet_made: str
    sheet_tried: str
    shut: str
    try_sheet: str
    draw_sheet: str
    asks_words: bool
    back: str
    done: str
    error: str


def show_keys() -> Response:
    return keys_page()


def try_sheet() -> Response:
    """Whether the paper in the drawer is the one in use; nothing changes but the record."""
    desk, user = the_desk(), signed_in()
    typed = request.form.get("sheet", "")
    try:
        if not typed.strip():
            raise UsageError("Type the eight groups of the sheet.")
        sheet = open_typed_sheet(desk, typed)
    except REFUSALS as refusal:
        return keys_page(str(refusal))
    desk.ledger.audit.note(TRIED, actor=sheet.actor, detail=user.user.id)
    return go_to(url_for("desk.show_keys", done="tried"))


def shut_inboxes(desk: Desk, user_id: str) -> tuple[str, ...]:
    """Inboxes of which this user lacks the key, or an older version of it."""
    held = {
        (one.inbox_id, one.version)
        for one in desk.ledger.inboxes.grants_for(HolderKind.USER, user_id)
    }
    return tuple(
        box.name
        for box in desk.ledger.inboxes.all()
        if any((box.id, one.version) not in held for one in desk.ledger.inboxes.keys(box.id))
    )


def keys_page(error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    replaced, mine = keyring.check_newest(), set(keyring.inbox_ids)
    made, tried = _say_sheet(desk)
    view = KeysPage(
        rows=tuple(_row(desk, one, replaced, mine) for one in desk.ledger.inboxes.all()),
        server=desk.server_key.fingerprint,
        sheet_made=made,
        sheet_tried=tried,
        shut=", ".join(shut_inboxes(desk, user.user.id)),
        try_sheet=url_for("desk.try_sheet"),
        draw_sheet=url_for("desk.draw_sheet"),
        asks_words=asks_words(desk, user),
        back=url_for("desk.show_settings"),
        done=_DONE.get(request.args.get("done", ""), ""),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("setup/keys.html", view, title="Keys", signed_in=user, status=status)


def _row(desk: Desk, inbox: Inbox, replaced: set[str], mine: set[str]) -> KeyRow:
    *older, newest = (
        Version(one.version, PublicKey.from_bytes(one.public_key).fingerprint)
        for one in desk.ledger.inboxes.keys(inbox.id)
    )
    if inbox.id in replaced:
        fits = (
            "It is not the key that yours belongs to: the database was altered. Stop the server, "
            "keep a copy of the database, and restore a backup."
        )
    elif inbox.id in mine:
        fits = "Compared with your own key: it fits."
    else:
        fits = "Your key does not open this inbox, so it was not compared."
    return KeyRow(
        name=inbox.name,
        newest=newest,
        older=tuple(reversed(older)),
        fits=fits,
        is_alarm=inbox.id in replaced,
        href=url_for("desk.show_one_inbox", inbox_id=inbox.id),
    )


def _say_sheet(desk: Desk) -> tuple[str, str]:
    """When the sheet in use was made, and when it last opened anything."""
    recovery, made_at = desk.ledger.people.recovery_key(), desk.ledger.people.recovery_made_at()
    if recovery is None or made_at is None:
        raise NotFound("recovery sheet", "in use")
    now, zone = desk.clock(), desk.practice().time_zone
    actor = f"{HolderKind.RECOVERY.value}:{recovery.id}"
    used = desk.ledger.access.page(made_at, now + _MOMENT, actor=actor, limit=1)
    tried = (
        f"It last opened something {say_moment(used[0].at, now, zone)}."
        if used
        else "It was never tried. A sheet that was misprinted or lost shows only when it is needed."
    )
    return f"Made {say_moment(made_at, now, zone)}", tried
