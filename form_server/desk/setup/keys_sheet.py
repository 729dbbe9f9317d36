"""A new recovery sheet in the place of the old: on paper first, in use only when read back from it.

What was drawn travels in the page, sealed to this server and bound to the session; nothing is
stored before two groups are typed back.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to, render_page
from form_server.desk.setup.keys import keys_page, shut_inboxes
from form_server.desk.setup.sure import REFUSALS, holder_of, require_sure
from form_server.keys import NotHeld, renew_recovery
from form_server.vault import RecoverySecret, ServerKeyRefused
from outreach_kit.errors import HandoffError, UsageError
from outreach_kit.paper import render_recovery

_LABEL: Final = "sheet draft"
_FILE: Final = "recovery-sheet.pdf"
_LONGEST_TYPED: Final = 40
_ASKED: Final = 2
_OUT_OF_DATE: Final = "That page was out of date, and the sheet on it is not in use. Begin again."
_WRONG: Final = "That is not what the sheet says. Compare it letter by letter."


@dataclass(frozen=True)
class Group:
    number: int
    field: str


@dataclass(frozen=True)
class SheetPage:
    draft: str = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    asked: tuple[Group, ...]
    download: str
    action: str
    back: str
    error: str


def draw_sheet() -> Response:
    """Shown on this page alone; the old sheet stays in use meanwhile."""
    desk, user = the_desk(), signed_in()
    try:
        require_sure(desk, user)
        shut = shut_inboxes(desk, user.user.id)
        if shut:
            raise NotHeld(shut)
    except REFUSALS as refusal:
        return keys_page(str(refusal))
    return _page(RecoverySecret.generate())


def print_new_sheet() -> Response:
    """As a page of paper, made in memory; no file of it stays on the server."""
    desk, user = the_desk(), signed_in()
    practice, now = desk.practice(), desk.clock()
    try:
        secret = _bring_back(user)
    except UsageError as refusal:
        return keys_page(str(refusal))
    try:
        content = render_recovery(
            secret.groups,
            user.user.name,
            practice.name,
            practice.today(now),
            int(now.timestamp()),
        )
    except HandoffError as error:
        return _page(secret, str(error))
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_FILE}"'
    return answer


def use_new_sheet() -> Response:
    """In use from now on, once two groups were read back from paper; the old one opens nothing."""
    desk, user = the_desk(), signed_in()
    try:
        secret = _bring_back(user)
        typed = {
            one.number: request.form.get(one.field, "")[:_LONGEST_TYPED] for one in _asked(secret)
        }
        if not all(secret.has_group(number, text) for number, text in typed.items()):
            return _page(secret, _WRONG)
        renew_recovery(desk.ledger, holder_of(user), secret)
    except REFUSALS as refusal:
        return keys_page(str(refusal))
    return go_to(url_for("desk.show_keys", done="replaced"))


def _bring_back(user: SignedIn) -> RecoverySecret:
    """Raises UsageError for what was not drawn in this very session."""
    try:
        box = base64.b64decode(request.form.get("draft", ""), validate=True)
        return RecoverySecret.from_bytes(the_desk().server_key.open(box, _LABEL, _bound(user)))
    except (ValueError, ServerKeyRefused) as error:
        raise UsageError(_OUT_OF_DATE) from error


def _asked(secret: RecoverySecret) -> tuple[Group, ...]:
    """Two of the eight, the same at every look at one sheet, so that reloading does not choose."""
    count = len(secret.groups)
    chosen = int.from_bytes(secret.derive("asked groups")[:4], "big")
    first, step = chosen % count, 1 + chosen // count % (count - 1)
    numbers = sorted({first + 1, (first + step) % count + 1})[:_ASKED]
    return tuple(Group(number, f"group-{number}") for number in numbers)


def _bound(user: SignedIn) -> str:
    return f"{user.user.id} {user.csrf_token}"


def _page(secret: RecoverySecret, error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    sealed = desk.server_key.seal(secret.to_bytes(), _LABEL, _bound(user))
    view = SheetPage(
        draft=base64.b64encode(sealed).decode(),
        groups=secret.groups,
        asked=_asked(secret),
        download=url_for("desk.print_new_sheet"),
        action=url_for("desk.use_new_sheet"),
        back=url_for("desk.show_keys"),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("setup/sheet.html", view, title="New sheet", signed_in=user, status=status)
