"""Where referrals land: each inbox, who can open it and who is told, and one more for a clinician."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.addresses import show_address
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.setup.sure import REFUSALS, asks_words, holder_of, require_sure
from form_server.keys import add_inbox
from form_server.ledger import Inbox, NotFound, User
from outreach_kit.errors import UsageError

FRONT_DESK: Final = "front-desk:"  # no slug holds a colon
_DONE: Final = {"added": "What comes in from now on lands there, and its people are told."}


@dataclass(frozen=True)
class InboxRow:
    name: str
    receives: str
    opened_by: str
    told: str
    href: str


@dataclass(frozen=True)
class Wanted:
    """Whose referrals a new inbox would take."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class InboxesPage:
    rows: tuple[InboxRow, ...]
    wanted: tuple[Wanted, ...]
    people: tuple[Wanted, ...]
    add: str
    who_is_told: str
    asks_words: bool
    back: str
    done: str
    error: str


def show_inboxes() -> Response:
    return _page()


def add_own_inbox() -> Response:
    """For a clinician of the practice who has none, or for the front desk of a group."""
    desk, user = the_desk(), signed_in()
    whose = request.form.get("whose", "")
    chosen = tuple(dict.fromkeys(request.form.getlist("user")))
    try:
        names = dict(_without_inbox(desk))
        if whose not in names:
            raise UsageError("Pick whose referrals shall land there.")
        if not chosen:
            raise UsageError("Pick who can open it: else what comes in would lie unread.")
        require_sure(desk, user)
        add_inbox(
            desk.ledger,
            holder_of(user),
            name=names[whose],
            clinician=None if whose == FRONT_DESK else whose,
            user_ids=chosen,
        )
    except REFUSALS as refusal:
        return _page(whose, chosen, str(refusal))
    return go_to(url_for("desk.show_inboxes", done="added"))


def say_receives(desk: Desk, inbox: Inbox) -> str:
    """Whose referrals land here."""
    if inbox.clinician is None:
        return "What asks for nobody in particular"
    whom = desk.practice().clinician(inbox.clinician)
    return f"Referrals for {whom.name}" if whom else "For a clinician who is not listed any more"


def opened_by_names(users: list[User], openers: frozenset[str]) -> str:
    return ", ".join(one.name for one in users if one.id in openers) or "nobody"


def told_names(desk: Desk, inbox_id: str) -> str:
    """In the order in which they are told."""
    told = desk.ledger.inboxes.recipients(inbox_id)
    return ", then ".join(show_address(one.channel, one.address) for one in told) or "nobody"


def _without_inbox(desk: Desk) -> list[tuple[str, str]]:
    """What a new inbox could be for, with the name that it would have."""
    there = {one.clinician for one in desk.ledger.inboxes.all()}
    practice = desk.practice()
    found = [(one.slug, one.name) for one in practice.clinicians if one.slug not in there]
    if practice.is_group and None not in there:
        found.append((FRONT_DESK, "Front desk"))
    return found


def _page(whose: str = "", chosen: tuple[str, ...] = (), error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    boxes, users = desk.ledger.inboxes.all(), desk.ledger.people.users()
    if not boxes:
        raise NotFound("inbox", "of this practice")
    openers = desk.ledger.inboxes.openers([one.id for one in boxes])
    view = InboxesPage(
        rows=tuple(
            InboxRow(
                name=one.name,
                receives=say_receives(desk, one),
                opened_by=opened_by_names(users, openers[one.id]),
                told=told_names(desk, one.id),
                href=url_for("desk.show_one_inbox", inbox_id=one.id),
            )
            for one in boxes
        ),
        wanted=tuple(Wanted(slug, name, slug == whose) for slug, name in _without_inbox(desk)),
        people=tuple(Wanted(one.id, one.name, one.id in chosen) for one in users),
        add=url_for("desk.add_own_inbox"),
        who_is_told=url_for("desk.show_told"),
        asks_words=asks_words(desk, user),
        back=url_for("desk.show_settings"),
        done=_DONE.get(request.args.get("done", ""), ""),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("setup/inboxes.html", view, title="Inboxes", signed_in=user, status=status)
