"""Copies of all that somebody may open, and of the figures, which hold nothing of a patient.

The first takes the six words anew: a desk left open must not be enough to carry everything away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.copies.asked import stream_questions
from form_server.desk.copies.confirming import Unconfirmed, confirm
from form_server.desk.copies.figures import stream_figures
from form_server.desk.copies.gathering import Gathering, handed_on
from form_server.desk.copies.handing import BYTE_ORDER_MARK, CSV, JSON, file_name, hand_over
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import render_page
from form_server.exports.as_json import stream_json
from form_server.exports.record import Exported
from form_server.exports.table import stream_csv

WHAT: Final = ("referrals", "questions", "figures")
FORMS: Final = ("csv", "json")
_ACTIONS: Final = {
    "referrals": "copy.all", "questions": "copy.questions", "figures": "copy.figures",
}  # fmt: skip
_MEDIA: Final = {"csv": CSV, "json": JSON}
_PICK: Final = "Pick what to take and as which kind of file."


@dataclass(frozen=True)
class CopiesPage:
    """`count` is how many referrals it would be, and `questions` how many of those."""

    action: str
    back: str
    find: str
    count: int
    questions: int
    what: str
    form: str
    error: str = ""


def show_copies() -> Response:
    return _choice(the_desk(), signed_in())


def copy_all() -> Response:
    """A file that is made while it is sent; that it was asked for is on record before."""
    desk, user = the_desk(), signed_in()
    what, form = request.form.get("what", ""), request.form.get("form", "")
    if what not in WHAT or form not in FORMS:
        return _choice(desk, user, error=_PICK)
    if what != "figures":
        try:
            confirm(desk, user, request.form.get("passphrase", ""))
        except Unconfirmed as refusal:
            return _choice(desk, user, error=str(refusal))
    inbox_ids = Keyring.of(desk, user).inbox_ids
    now = desk.clock()
    name = file_name(what, now, desk.practice().time_zone, form)
    action = _ACTIONS[what]
    desk.ledger.audit.note(action, actor=user.actor, detail=form)
    match what:
        case "referrals":
            parts = _referrals(desk, user, form, now)
        case "questions":
            parts = stream_questions(desk, Keyring.of(desk, user), form, now)
        case _:
            parts = stream_figures(desk.ledger, desk.practice(), inbox_ids, now, form)
    marked = (
        part for whole in ([BYTE_ORDER_MARK] if form == "csv" else [], parts) for part in whole
    )
    return hand_over(marked, _MEDIA[form], name)


def _referrals(desk: Desk, user: SignedIn, form: str, now: datetime) -> Iterator[str]:
    """Page by page; how much left in the end is on record too, also when the line breaks."""
    keyring = Keyring.of(desk, user)
    gathering = Gathering.of(desk.ledger, desk.practice(), keyring)
    counted = {"taken": 0, "shut": 0}

    def pages() -> Iterator[list[Exported]]:
        for page in desk.ledger.walking.pages(keyring.inbox_ids):
            exported = gathering.page(page)
            counted["taken"] += len(exported)
            counted["shut"] += sum(one.words is None for one in exported)
            yield exported

    try:
        if form == "csv":
            yield from stream_csv(pages(), desk.practice().time_zone)
        else:
            source = handed_on(desk.ledger, desk.practice(), desk.public_url)
            yield from stream_json(pages(), source, now)
    finally:
        detail = f"{form} taken={counted['taken']} shut={counted['shut']}"
        desk.ledger.audit.note("copy.ended", actor=user.actor, detail=detail)


def _choice(desk: Desk, user: SignedIn, *, error: str = "") -> Response:
    what, form = request.form.get("what", ""), request.form.get("form", "")
    inbox_ids = Keyring.of(desk, user).inbox_ids
    view = CopiesPage(
        action=url_for("desk.copy_all"),
        back=url_for("desk.show_privacy"),
        find=url_for("desk.show_patients"),
        count=desk.ledger.walking.count(inbox_ids),
        questions=desk.ledger.questions.count(inbox_ids),
        what=what if what in WHAT else "figures",
        form=form if form in FORMS else "csv",
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "copies/every.html", view, title="Take copies", signed_in=user, status=status
    )
