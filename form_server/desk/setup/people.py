"""Everybody who can sign in, and the invitations that nobody took up yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import ROLE_NAMES
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.setup.sure import holder_of
from form_server.keys import take_back
from form_server.ledger import HolderKind, Invitation, User
from form_server.ledger.roll import Entry

_DONE: Final = {
    "withdrawn": "That link opens nothing any more.",
    "removed": "They are signed out everywhere and cannot come back. What comes into their inboxes "
    "from now on has a new key.",
}


@dataclass(frozen=True)
class PersonRow:
    name: str
    role: str
    email: str
    seen: str
    means: str
    href: str
    is_me: bool


@dataclass(frozen=True)
class InvitationRow:
    name: str
    email: str
    says: str
    withdraw: str


@dataclass(frozen=True)
class PeoplePage:
    rows: tuple[PersonRow, ...]
    invitations: tuple[InvitationRow, ...]
    invite: str
    inboxes: str
    back: str
    done: str


def show_people() -> Response:
    desk, me = the_desk(), signed_in()
    users = desk.ledger.people.users()
    roll = desk.ledger.roll.entries([one.id for one in users], desk.clock())
    for_all = desk.ledger.second_factors.is_for_all()
    names = {one.id: one.name for one in desk.ledger.inboxes.all()}
    view = PeoplePage(
        rows=tuple(
            PersonRow(
                name=one.name,
                role=ROLE_NAMES[one.role],
                email=one.email,
                seen=say_seen(desk, roll[one.id]),
                means=say_means(roll[one.id], for_all=for_all),
                href=url_for("desk.show_person", user_id=one.id),
                is_me=one.id == me.user.id,
            )
            for one in users
        ),
        invitations=tuple(_row(desk, one, names) for one in desk.ledger.invitations.pending()),
        invite=url_for("desk.show_inviting"),
        inboxes=url_for("desk.show_inboxes"),
        back=url_for("desk.show_settings"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("setup/people.html", view, title="People", signed_in=me)


def withdraw_invitation(invitation_id: str) -> Response:
    """Raises NotFound for one that was taken up, or taken back, before."""
    take_back(the_desk().ledger, holder_of(signed_in()), invitation_id)
    return go_to(url_for("desk.show_people", done="withdrawn"))


def say_seen(desk: Desk, entry: Entry) -> str:
    """“Signed in today, 9 AM, on 2 devices now”."""
    if entry.signed_in_at is None:
        return "Never signed in"
    last = say_moment(entry.signed_in_at, desk.clock(), desk.practice().time_zone)
    now = f", on {say_count(entry.sessions, 'device')} now" if entry.sessions else ""
    return f"Last signed in {last}{now}"


def say_means(entry: Entry, *, for_all: bool) -> str:
    """Whether the six words alone let them in, and which passkeys they have."""
    asked = entry.has_second_step or (for_all and entry.passkeys > 0)
    step = "Second step on" if asked else "No second step"
    return f"{step}, {say_count(entry.passkeys, 'passkey')}" if entry.passkeys else step


def say_count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def name_inboxes(names: dict[str, str], inbox_ids: set[str]) -> str:
    """In the order of the inboxes; “nothing yet” for none."""
    return ", ".join(name for one, name in names.items() if one in inbox_ids) or "nothing yet"


def opened_by(desk: Desk, user: User) -> set[str]:
    """The inboxes whose new referrals they can read."""
    boxes = [one.id for one in desk.ledger.inboxes.all()]
    return {box for box, users in desk.ledger.inboxes.openers(boxes).items() if user.id in users}


def _row(desk: Desk, one: Invitation, names: dict[str, str]) -> InvitationRow:
    held = {
        grant.inbox_id for grant in desk.ledger.inboxes.grants_for(HolderKind.INVITATION, one.id)
    }
    until = say_moment(one.expires_at, desk.clock(), desk.practice().time_zone)
    opens = name_inboxes(names, held)
    return InvitationRow(
        name=one.name or "The first owner",
        email=one.email,
        says=f"{ROLE_NAMES[one.role]}, would open {opens}. Good until {until}.",
        withdraw=url_for("desk.withdraw_invitation", invitation_id=one.id),
    )
