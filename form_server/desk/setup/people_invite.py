"""Inviting somebody: a link that is shown once, and lets its reader take words of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import ROLE_NAMES, ROLE_SAYS
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.setup.people import name_inboxes, opened_by
from form_server.desk.setup.sure import REFUSALS, asks_words, holder_of, require_sure
from form_server.keys import Invited, invite
from form_server.ledger import Role
from outreach_kit.errors import UsageError
from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import check_email

_LONGEST_NAME: Final = 80
_LONGEST_EMAIL: Final = 254


@dataclass(frozen=True)
class Typed:
    name: str = ""
    email: str = ""
    role: str = Role.CLINICIAN.value
    inboxes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    says: str
    is_chosen: bool


@dataclass(frozen=True)
class InvitingPage:
    """`shut` names the inboxes that this owner cannot open, and so cannot share."""

    typed: Typed
    roles: tuple[Choice, ...]
    inboxes: tuple[Choice, ...]
    shut: str
    action: str
    asks_words: bool
    back: str
    error: str


@dataclass(frozen=True)
class InvitedPage:
    name: str
    role: str
    opens: str
    until: str
    back: str
    link: str = field(repr=False)


def show_inviting() -> Response:
    mine = sorted(opened_by(the_desk(), signed_in().user))
    return _form(Typed(inboxes=tuple(mine) if len(mine) == 1 else ()))


def invite_somebody() -> Response:
    """The link is on this answer, and nowhere else; for the same address, only the newest opens."""
    desk, user = the_desk(), signed_in()
    typed = Typed(
        name=" ".join(request.form.get("name", "").split())[:_LONGEST_NAME],
        email=request.form.get("email", "").strip()[:_LONGEST_EMAIL],
        role=request.form.get("role", ""),
        inboxes=tuple(dict.fromkeys(request.form.getlist("inbox"))),
    )
    try:
        role = _check(typed)
        require_sure(desk, user)
        invited = invite(
            desk.ledger,
            holder_of(user),
            name=typed.name,
            email=typed.email,
            role=role,
            inbox_ids=typed.inboxes,
            now=desk.clock(),
        )
    except REFUSALS as refusal:
        return _form(typed, str(refusal))
    return _hand_over(desk, user, typed, role, invited)


def _check(typed: Typed) -> Role:
    """Raises UsageError."""
    if not typed.name:
        raise UsageError("Type their name, as the desk shall greet them.")
    try:
        check_email(typed.email)
    except Refused as error:
        raise UsageError("Type their e-mail address, like name@example.org.") from error
    if typed.role not in set(Role):
        raise UsageError("Pick a role.")
    return Role(typed.role)


def _hand_over(desk: Desk, user: SignedIn, typed: Typed, role: Role, invited: Invited) -> Response:
    names = {one.id: one.name for one in desk.ledger.inboxes.all()}
    zone = desk.practice().time_zone
    path = url_for("desk.show_invitation", token=invited.secret.token)
    view = InvitedPage(
        name=typed.name,
        role=ROLE_NAMES[role],
        opens=name_inboxes(names, set(typed.inboxes)),
        until=say_moment(invited.expires_at, desk.clock(), zone),
        back=url_for("desk.show_people"),
        link=f"{desk.public_url}{path}",
    )
    return render_page("setup/people_link.html", view, title="Invitation", signed_in=user)


def _form(typed: Typed, error: str = "") -> Response:
    desk, user = the_desk(), signed_in()
    names = {one.id: one.name for one in desk.ledger.inboxes.all()}
    mine = opened_by(desk, user.user)
    view = InvitingPage(
        typed=typed,
        roles=tuple(
            Choice(one.value, ROLE_NAMES[one], ROLE_SAYS[one], one.value == typed.role)
            for one in (Role.CLINICIAN, Role.FRONT_DESK, Role.OWNER)
        ),
        inboxes=tuple(
            Choice(one, name, "", one in typed.inboxes)
            for one, name in names.items()
            if one in mine
        ),
        shut=name_inboxes(names, names.keys() - mine) if names.keys() - mine else "",
        action=url_for("desk.invite_somebody"),
        asks_words=asks_words(desk, user),
        back=url_for("desk.show_people"),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "setup/people_invite.html", view, title="Invite", signed_in=user, status=status
    )
