"""The page of settings: each with what holds now, so that most visits end here."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.menu import MenuItem
from form_server.desk.page import render_page
from form_server.desk.setup.hours import current_of


@dataclass(frozen=True)
class SettingsPage:
    places: tuple[MenuItem, ...]
    back: str


def show_settings() -> Response:
    desk, user = the_desk(), signed_in()
    promise = current_of(desk)().promise
    number = promise.working_hours or promise.working_days or 0
    unit = "working hour" if promise.working_hours else "working day"
    leaves = len(desk.ledger.leaves.ending_from(desk.practice().today(desk.clock())))
    told = sum(len(desk.ledger.inboxes.recipients(one.id)) for one in desk.ledger.inboxes.all())
    people, boxes = len(desk.ledger.people.users()), len(desk.ledger.inboxes.all())
    view = SettingsPage(
        places=(
            _place("desk.show_told", "Who is told", "bell", _count(told, "address", "addresses")),
            _place(
                "desk.show_hours",
                "Hours and promise",
                "clock",
                f"A first call within {_count(number, unit, unit + 's')}",
            ),
            _place(
                "desk.show_time_off",
                "Time off",
                "away",
                _count(leaves, "absence ahead", "absences ahead") if leaves else "None planned",
            ),
            *_switches(desk),
            _place("desk.show_openings", "Openings", "team", "Whom each clinician can take now"),
            _place("desk.show_people", "People", "people", _count(people, "person", "people")),
            _place("desk.show_inboxes", "Inboxes", "inbox", _count(boxes, "inbox", "inboxes")),
            _place("desk.show_keys", "Keys", "key", "Fingerprints, and the recovery sheet"),
        ),
        back=url_for("desk.show_more"),
    )
    return render_page("setup/settings.html", view, title="Settings", signed_in=user)


def _switches(desk: Desk) -> tuple[MenuItem, ...]:
    if desk.switches is None:
        return ()
    says = "Erasing, drill, summary, receipts, mail"
    return (_place("desk.show_switches", "What goes by itself", "settings", says),)


def _place(endpoint: str, label: str, icon: str, says: str) -> MenuItem:
    return MenuItem(label, url_for(endpoint), icon, says, "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
