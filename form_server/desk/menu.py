"""The way about the desk: a few places under the thumb, and behind the last one all that is rarer.

A place is shown when the desk has it and the user's role allows it. Where a page belongs is told by
its address, so that a room's further pages light up the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from flask import current_app, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.roles import Right, may
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.tabs import OUTREACH_PAGES
from form_server.desk.team.crew import works_alone


@dataclass(frozen=True)
class Place:
    """A page that the menu leads to; `below` are the addresses of further pages of its room."""

    endpoint: str
    label: str
    icon: str
    below: tuple[str, ...] = ()
    says: str = ""
    right: Right | None = None
    with_others: bool = False


@dataclass(frozen=True)
class MenuItem:
    """`current` is the value of aria-current: empty for a place that one is not at."""

    label: str
    href: str
    icon: str
    says: str
    current: Literal["page", "true", ""]


MENU: Final = (
    Place(
        "desk.show_today", "Today", "today", ("/desk/referrals", "/desk/owed", "/desk/questions")
    ),
    Place("desk.show_inbox", "Inbox", "inbox", ("/desk/inbox", "/desk/log", "/desk/quarantine")),
    Place("desk.show_outreach", "Outreach", "outreach", OUTREACH_PAGES),
    Place("desk.show_colleagues", "Colleagues", "colleagues", ("/desk/colleagues",)),
    Place("desk.show_team", "Team", "team", ("/desk/team",), with_others=True),
    Place("desk.show_more", "More", "more"),
)
MORE: Final = (
    Place("desk.show_log", "Log one by hand", "write", says="It came by phone, letter or fax."),
    Place(
        "desk.show_questions",
        "Questions and talks",
        "text",
        says="What offices ask; talks you agreed on.",
    ),
    Place("desk.show_aside", "Kept aside", "aside", says="What looked like spam."),
    Place("desk.show_waitlist", "Waitlist", "clock", says="Who waits for an opening, in order."),
    Place("desk.show_openings", "Openings", "team", says="Who has room; the website follows."),
    Place("desk.show_times", "First-call times", "clock", says="Held for offices to pick from."),
    Place("desk.show_messages", "Messages", "mail", says="What did not go out by itself."),
    Place("desk.show_owed", "Owed", "yes", says="Tries and estimates that are due."),
    Place(
        "desk.show_settings",
        "Settings",
        "settings",
        says="Who is told, hours, time off, people, keys.",
        right=Right.SETTINGS,
    ),
    Place(
        "desk.show_record",
        "Record",
        "record",
        says="Who looked, who changed what.",
        right=Right.RECORD,
    ),
    Place(
        "desk.show_privacy",
        "Privacy",
        "lock",
        says="Agreements, access, checklists.",
        right=Right.PRIVACY,
    ),
    Place("desk.show_patients", "Find a patient", "people", says="All about one person."),
    Place("desk.show_downtime", "If the server is down", "alert", says="Print it before it is."),
    Place("desk.show_health", "Health", "pulse", says="Whether notices go out, and all is well."),
    Place("desk.show_devices", "Devices and passkeys", "touch", says="Where you are signed in."),
)


def find_menu(user: SignedIn) -> tuple[MenuItem, ...]:
    """The places under the thumb, fewer while a room is not there; one of them holds the current page."""
    shown = _shown(MENU, user)
    here = _whose_page(shown)
    return tuple(_item(one, is_holder=one is here) for one in shown)


def find_more(user: SignedIn) -> tuple[MenuItem, ...]:
    return tuple(_item(one, is_holder=False) for one in _shown(MORE, user))


def _shown(places: tuple[Place, ...], user: SignedIn) -> tuple[Place, ...]:
    there = [one for one in places if one.endpoint in current_app.view_functions]
    role = user.user.role
    allowed = [one for one in there if one.right is None or may(role, one.right)]
    if any(one.with_others for one in allowed) and works_alone(the_desk()):
        allowed = [one for one in allowed if not one.with_others]
    return tuple(allowed)


def _whose_page(places: tuple[Place, ...]) -> Place | None:
    """The place that the page belongs to; the last holds whatever no other claims."""
    for one in places:
        if request.endpoint == one.endpoint or request.path.startswith(one.below):
            return one
    return places[-1] if places else None


def _item(place: Place, *, is_holder: bool) -> MenuItem:
    is_page = request.endpoint == place.endpoint
    return MenuItem(
        label=place.label,
        href=url_for(place.endpoint),
        icon=place.icon,
        says=place.says,
        current="page" if is_page else "true" if is_holder else "",
    )
