"""One inbox: shared with somebody, taken back, or given a new key."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.setup.inboxes import opened_by_names, say_receives, told_names
from form_server.desk.setup.keys_typed import open_typed_sheet
from form_server.desk.setup.people_one import present_user
from form_server.desk.setup.sure import REFUSALS, asks_words, holder_of, require_sure
from form_server.keys import grant_inbox, rotate_inbox, ungrant_inbox
from form_server.ledger import Inbox
from form_server.vault import PublicKey
from outreach_kit.errors import UsageError

_DONE: Final = {
    "shared": "They can open it now, with what lies in it.",
    "taken": "They cannot open it any more, and what comes in from now on has a new key.",
    "rotated": "What comes in from now on has a new key. What lies there opens as before.",
}


@dataclass(frozen=True)
class InboxPage:
    """`others` could be given it, `holders` could lose it; both are ids with names."""

    name: str
    receives: str
    opened_by: str
    told: str
    key: str
    others: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    can_share: bool
    chosen: str
    share: str
    take_back: str
    rotate: str
    who_is_told: str
    asks_words: bool
    back: str
    done: str
    error: str


def show_one_inbox(inbox_id: str) -> Response:
    return _page(the_desk().ledger.inboxes.get(inbox_id))


def share_inbox(inbox_id: str) -> Response:
    """By the owner's own key, or by the recovery sheet where that key does not open it.

    Raises NotFound.
    """
    desk, user = the_desk(), signed_in()
    inbox, whom = desk.ledger.inboxes.get(inbox_id), request.form.get("user", "")
    typed = request.form.get("sheet", "")
    try:
        _require_pick(whom)
        present_user(desk, whom)
        require_sure(desk, user)
        by = open_typed_sheet(desk, typed) if typed.strip() else holder_of(user)
        grant_inbox(desk.ledger, by, inbox_id, whom)
    except REFUSALS as refusal:
        return _page(inbox, str(refusal), whom)
    return go_to(url_for("desk.show_one_inbox", inbox_id=inbox_id, done="shared"))


def take_inbox_back(inbox_id: str) -> Response:
    """Never from the last who can open it. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    inbox, whom = desk.ledger.inboxes.get(inbox_id), request.form.get("user", "")
    try:
        _require_pick(whom)
        present_user(desk, whom)
        require_sure(desk, user)
        ungrant_inbox(desk.ledger, holder_of(user), inbox_id, whom)
    except REFUSALS as refusal:
        return _page(inbox, str(refusal), whom)
    return go_to(url_for("desk.show_one_inbox", inbox_id=inbox_id, done="taken"))


def renew_inbox_key(inbox_id: str) -> Response:
    """Raises NotFound."""
    desk, user = the_desk(), signed_in()
    inbox = desk.ledger.inboxes.get(inbox_id)
    try:
        require_sure(desk, user)
        rotate_inbox(desk.ledger, holder_of(user), inbox_id)
    except REFUSALS as refusal:
        return _page(inbox, str(refusal))
    return go_to(url_for("desk.show_one_inbox", inbox_id=inbox_id, done="rotated"))


def say_key(desk: Desk, inbox_id: str) -> str:
    key = desk.ledger.inboxes.active_key(inbox_id)
    return f"Version {key.version}, {PublicKey.from_bytes(key.public_key).fingerprint}"


def _require_pick(user_id: str) -> None:
    if not user_id:
        raise UsageError("Pick a person.")


def _page(inbox: Inbox, error: str = "", chosen: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    users = desk.ledger.people.users()
    openers = desk.ledger.inboxes.openers([inbox.id])[inbox.id]
    holders = tuple((one.id, one.name) for one in users if one.id in openers)
    view = InboxPage(
        name=inbox.name,
        receives=say_receives(desk, inbox),
        opened_by=opened_by_names(users, openers),
        told=told_names(desk, inbox.id),
        key=say_key(desk, inbox.id),
        others=tuple((one.id, one.name) for one in users if one.id not in openers),
        holders=holders if len(holders) > 1 else (),
        can_share=user.user.id in openers,
        chosen=chosen,
        share=url_for("desk.share_inbox", inbox_id=inbox.id),
        take_back=url_for("desk.take_inbox_back", inbox_id=inbox.id),
        rotate=url_for("desk.renew_inbox_key", inbox_id=inbox.id),
        who_is_told=url_for("desk.show_told"),
        asks_words=asks_words(desk, user),
        back=url_for("desk.show_inboxes"),
        done=_DONE.get(request.args.get("done", ""), ""),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("setup/one_inbox.html", view, title="Inbox", signed_in=user, status=status)
