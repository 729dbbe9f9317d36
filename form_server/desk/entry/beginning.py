"""The first owner's way in: a name, six words, the recovery sheet, and both proven to be on paper.

Nothing is stored until the last step; what was drawn travels in the pages, sealed to this server.
Starting over draws anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.admission import a_seat
from form_server.desk.entry.entering import let_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.trouble import show_trouble
from form_server.first_owner import Draft, found_by_invitation
from form_server.founding import AlreadyFounded
from form_server.keys import find_invitation, open_user
from form_server.ledger import Invitation
from form_server.vault import InvitationRefused, PassphraseBusy
from outreach_kit.errors import HandoffError
from outreach_kit.paper import render_recovery

_LONGEST_NAME: Final = 80
_LONGEST_TYPED: Final = 40
_NO_NAME: Final = "Type your name, as the desk shall greet you."
_WRONG_WORDS: Final = "That is not what you were shown. Look at your paper, word by word."
_WRONG_GROUPS: Final = "That is not what the sheet says. Compare it letter by letter."
_FILE: Final = "recovery-sheet.pdf"


@dataclass(frozen=True)
class Asked:
    """A field for one word or group; `number` is its place on the paper."""

    number: int
    field: str


@dataclass(frozen=True)
class BeginningPage:
    """One page of the way in; what a step does not show is empty."""

    action: str
    again: str
    error: str = ""
    email: str = ""
    until: str = ""
    name: str = ""
    draft: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    groups: tuple[str, ...] = field(default=(), repr=False)
    asked: tuple[Asked, ...] = ()
    download: str = ""


def show_beginning(token: str) -> Response:
    """Looking takes nothing up: programs that read mail follow links, too."""
    try:
        return _welcome(token, find_invitation(the_desk().ledger, token))
    except InvitationRefused as refusal:
        return _gone(refusal)


def draw_words(token: str) -> Response:
    """Six words, shown on this one page."""
    desk = the_desk()
    name = " ".join(request.form.get("name", "").split())[:_LONGEST_NAME]
    try:
        invitation = find_invitation(desk.ledger, token)
    except InvitationRefused as refusal:
        return _gone(refusal)
    if not name:
        return _welcome(token, invitation, error=_NO_NAME)
    draft = Draft.draw(name)
    view = BeginningPage(
        action=url_for("desk.ask_words_back", token=token),
        again=url_for("desk.show_beginning", token=token),
        draft=draft.seal(desk.server_key, invitation.id),
        words=draft.words,
    )
    return _render("begin_words.html", view, "Your six words")


def ask_words_back(token: str) -> Response:
    """Two of them, without showing them again."""
    try:
        _, draft = _read(token)
    except InvitationRefused as refusal:
        return _gone(refusal)
    return _ask_words(token, draft)


def show_sheet(token: str) -> Response:
    """The recovery sheet, for who typed two of their words back."""
    try:
        invitation, draft = _read(token)
    except InvitationRefused as refusal:
        return _gone(refusal)
    if not draft.fits_words(_typed(draft.ask_words)):
        return _ask_words(token, draft, _WRONG_WORDS)
    proven = Draft(
        draft.name, draft.words, draft.sheet, draft.ask_words, draft.ask_groups, words_proven=True
    )
    return _show_sheet(token, invitation, proven)


def print_sheet(token: str) -> Response:
    """The sheet as a page of paper, made in memory; no file of it stays on the server."""
    desk = the_desk()
    try:
        invitation, draft = _read(token, proven=True)
    except InvitationRefused as refusal:
        return _gone(refusal)
    practice, now = desk.practice(), desk.clock()
    try:
        content = render_recovery(
            draft.recovery.groups,
            draft.name,
            practice.name,
            practice.today(now),
            int(now.timestamp()),
        )
    except HandoffError as error:
        return _show_sheet(token, invitation, draft, error=str(error))
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_FILE}"'
    return answer


def finish_beginning(token: str) -> Response:
    """The first keys, once two groups are typed back; the owner is signed in."""
    desk = the_desk()
    try:
        invitation, draft = _read(token, proven=True)
        if not draft.fits_groups(_typed(draft.ask_groups)):
            return _show_sheet(token, invitation, draft, error=_WRONG_GROUPS)
        with a_seat():
            found_by_invitation(desk.ledger, desk.practice(), token, draft)
            holder = open_user(desk.ledger, invitation.email, draft.words)
    except (InvitationRefused, AlreadyFounded) as refusal:
        return _gone(refusal)
    except PassphraseBusy as refusal:
        return _show_sheet(token, invitation, draft, error=str(refusal))
    response = go_to(url_for("desk.show_today"))
    let_in(desk, desk.ledger.people.user(holder.id), holder.key, response)
    return response


def _read(token: str, *, proven: bool = False) -> tuple[Invitation, Draft]:
    """Raises InvitationRefused, also for a draft that skipped a step."""
    desk = the_desk()
    invitation = find_invitation(desk.ledger, token)
    draft = Draft.open(request.form.get("draft", ""), desk.server_key, invitation.id)
    if proven and not draft.words_proven:
        raise InvitationRefused
    return invitation, draft


def _typed(numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(request.form.get(f"back-{number}", "")[:_LONGEST_TYPED] for number in numbers)


def _asked(numbers: tuple[int, ...]) -> tuple[Asked, ...]:
    return tuple(Asked(number, f"back-{number}") for number in numbers)


def _welcome(token: str, invitation: Invitation, *, error: str = "") -> Response:
    desk: Desk = the_desk()
    zone = desk.practice().time_zone
    view = BeginningPage(
        action=url_for("desk.draw_words", token=token),
        again="",
        error=error,
        email=invitation.email,
        until=say_moment(invitation.expires_at, desk.clock(), zone),
    )
    return _render("begin.html", view, "Begin")


def _ask_words(token: str, draft: Draft, error: str = "") -> Response:
    view = BeginningPage(
        action=url_for("desk.show_sheet", token=token),
        again=url_for("desk.show_beginning", token=token),
        error=error,
        draft=request.form["draft"],
        asked=_asked(draft.ask_words),
    )
    return _render("begin_proof.html", view, "Your six words")


def _show_sheet(token: str, invitation: Invitation, draft: Draft, *, error: str = "") -> Response:
    view = BeginningPage(
        action=url_for("desk.finish_beginning", token=token),
        again=url_for("desk.show_beginning", token=token),
        error=error,
        draft=draft.seal(the_desk().server_key, invitation.id),
        groups=draft.recovery.groups,
        asked=_asked(draft.ask_groups),
        download=url_for("desk.print_sheet", token=token),
    )
    return _render("begin_sheet.html", view, "Recovery sheet")


def _render(template: str, view: BeginningPage, title: str) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if view.error else HTTPStatus.OK
    return render_page(f"entry/{template}", view, title=title, signed_in=None, status=status)


def _gone(refusal: HandoffError) -> Response:
    return show_trouble(
        HTTPStatus.NOT_FOUND,
        "This invitation is closed",
        str(refusal),
        "If you took it up already, sign in with your six words.",
    )
