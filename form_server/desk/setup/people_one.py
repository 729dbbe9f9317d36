"""One person: their role, their second step, where they are signed in, and what they can open."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.roles import ROLE_NAMES, ROLE_SAYS
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.desk.setup.people import name_inboxes, opened_by, say_means, say_seen
from form_server.desk.setup.people_invite import Choice
from form_server.desk.setup.sure import REFUSALS, asks_words, holder_of, require_sure
from form_server.keys import change_role, reset_second_factor
from form_server.ledger import NotFound, Role, User
from outreach_kit.errors import UsageError

_DONE: Final = {
    "role": "They have that role from their next tap on.",
    "out": "They are signed out everywhere.",
    "reset": "Their second step is ended, and they are signed out everywhere. Their six words let "
    "them in again.",
    "none": "They had no second step, so nothing was changed.",
}


@dataclass(frozen=True)
class Device:
    label: str
    since: str


@dataclass(frozen=True)
class PersonPage:
    """What does not apply to this person is empty: nobody removes themselves."""

    name: str
    email: str
    role: str
    seen: str
    means: str
    opens: str
    devices: tuple[Device, ...]
    is_me: bool
    own_devices: str
    inboxes: str
    roles: tuple[Choice, ...]
    set_role: str
    end_second_step: str
    sign_out: str
    remove: str
    asks_words: bool
    back: str
    done: str
    error: str


def show_person(user_id: str) -> Response:
    return person_page(user_id)


def set_role_of(user_id: str) -> Response:
    """Never the last owner's. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    present_user(desk, user_id)
    wanted = request.form.get("role", "")
    try:
        if wanted not in set(Role):
            raise UsageError("Pick a role.")
        require_sure(desk, user)
        change_role(desk.ledger, holder_of(user), user_id, Role(wanted))
    except REFUSALS as refusal:
        return person_page(user_id, str(refusal))
    if user_id == user.user.id and Role(wanted) is not Role.OWNER:
        return go_to(url_for("desk.show_more"))  # from here on, this page is closed to them
    return go_to(url_for("desk.show_person", user_id=user_id, done="role"))


def sign_out_person(user_id: str) -> Response:
    """For a phone that somebody reports lost. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    present_user(desk, user_id)
    desk.ledger.sessions.revoke_all(user_id, actor=user.actor)
    return go_to(url_for("desk.show_person", user_id=user_id, done="out"))


def reset_for_somebody(user_id: str) -> Response:
    """An owner's help for a user whose phone is gone; raises NotFound."""
    desk, user = the_desk(), signed_in()
    present_user(desk, user_id)
    try:
        require_sure(desk, user)
        had_one = reset_second_factor(desk.ledger, holder_of(user), user_id)
    except REFUSALS as refusal:
        return person_page(user_id, str(refusal))
    done = "reset" if had_one else "none"
    return go_to(url_for("desk.show_person", user_id=user_id, done=done))


def present_user(desk: Desk, user_id: str) -> User:
    """Raises NotFound for who was removed as well."""
    found = desk.ledger.people.user(user_id)
    if found.removed_at is not None:
        raise NotFound("user", user_id)
    return found


def person_page(user_id: str, error: str = "") -> Response:
    """Raises NotFound."""
    desk, me = the_desk(), signed_in()
    whom = present_user(desk, user_id)
    entry = desk.ledger.roll.entries([user_id], desk.clock())[user_id]
    is_me, is_last = user_id == me.user.id, is_last_owner(desk, whom)
    names = {one.id: one.name for one in desk.ledger.inboxes.all()}
    view = PersonPage(
        name=whom.name,
        email=whom.email,
        role=ROLE_NAMES[whom.role],
        seen=say_seen(desk, entry),
        means=say_means(entry, for_all=desk.ledger.second_factors.is_for_all()),
        opens=name_inboxes(names, opened_by(desk, whom)),
        devices=() if is_me else _devices(desk, user_id),
        is_me=is_me,
        own_devices=url_for("desk.show_devices") if is_me else "",
        inboxes=url_for("desk.show_inboxes"),
        roles=()
        if is_last
        else tuple(
            Choice(one.value, ROLE_NAMES[one], ROLE_SAYS[one], one is whom.role)
            for one in (Role.CLINICIAN, Role.FRONT_DESK, Role.OWNER)
        ),
        set_role=url_for("desk.set_role_of", user_id=user_id),
        end_second_step=url_for("desk.reset_for_somebody", user_id=user_id)
        if entry.has_second_step and not is_me
        else "",
        sign_out=url_for("desk.sign_out_person", user_id=user_id)
        if entry.sessions and not is_me
        else "",
        remove="" if is_me or is_last else url_for("desk.show_removal", user_id=user_id),
        asks_words=asks_words(desk, me),
        back=url_for("desk.show_people"),
        done=_DONE.get(request.args.get("done", ""), ""),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page("setup/person.html", view, title="Person", signed_in=me, status=status)


def is_last_owner(desk: Desk, whom: User) -> bool:
    owners = [one.id for one in desk.ledger.people.users() if one.role is Role.OWNER]
    return owners == [whom.id]


def _devices(desk: Desk, user_id: str) -> tuple[Device, ...]:
    now, zone = desk.clock(), desk.practice().time_zone
    return tuple(
        Device(one.label, f"Last seen {say_moment(one.last_seen_at, now, zone)}")
        for one in desk.ledger.sessions.of_user(user_id, now)
    )
