"""The first page of the privacy pack: what there is, and what of it wants somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_date
from form_server.ledger.agreements import Agreement


@dataclass(frozen=True)
class Part:
    href: str
    icon: str
    label: str
    says: str


@dataclass(frozen=True)
class PackPage:
    """`wants` are sentences about what is due, most urgent first."""

    wants: tuple[str, ...]
    parts: tuple[Part, ...]


def show_privacy() -> Response:
    desk = the_desk()
    view = PackPage(wants=tuple(_wants(desk)), parts=_parts())
    return render_page("privacy/pack.html", view, title="Privacy", signed_in=signed_in())


def today_at(desk: Desk) -> date:
    return desk.clock().astimezone(desk.practice().time_zone).date()


def mail_agreement(desk: Desk) -> Agreement | None:
    """The one that covers the mail server in use today."""
    server = desk.handling_now.mail_server
    return desk.ledger.agreements.for_mail(server, today_at(desk)) if server else None


def is_locked(desk: Desk) -> bool:
    """Whether whole referrals are asked for by mail, and no agreement allows it."""
    handling = desk.handling_now
    asked = handling.forwards_whole and not handling.own_mailbox
    return asked and mail_agreement(desk) is None


def _wants(desk: Desk) -> list[str]:
    wants = []
    if is_locked(desk):
        wants.append(
            f"Whole referrals by mail are locked until the agreement with whoever runs "
            f"{desk.handling_now.mail_server} is recorded. Notices go out meanwhile."
        )
    wants += [
        f"The agreement with {one.vendor} ends on {say_date(one.renews_on)}."
        for one in desk.ledger.agreements.all()
        if one.renews_on is not None and one.wants_renewal(today_at(desk))
    ]
    if desk.ledger.erasing.is_folding_owed():
        wants.append("What was erased last is being cleared from the disk; see again in a minute.")
    return wants


def _parts() -> tuple[Part, ...]:
    rows = (
        (
            "desk.show_patients",
            "people",
            "Find a patient",
            "All about one person: read, copy, correct, erase.",
        ),
        ("desk.show_copies", "record", "Take copies", "All referrals, or the figures alone."),
        (
            "desk.show_access",
            "clock",
            "Who looked",
            "By person and by day, with receipts and no names.",
        ),
        (
            "desk.show_agreements",
            "write",
            "Agreements",
            "Vendors that may touch health information.",
        ),
        (
            "desk.show_data_map",
            "inbox",
            "What is kept where",
            "How each thing is guarded, for how long, who reads it.",
        ),
        (
            "desk.show_kept",
            "text",
            "What we keep, in plain words",
            "A page to hand to patients who ask.",
        ),
        (
            "desk.show_breach",
            "lock",
            "If something leaked",
            "The first hour, and the sixty days after.",
        ),
        (
            "desk.show_downtime",
            "alert",
            "If the server is down",
            "A checklist, and a form on paper.",
        ),
        ("desk.show_deeds", "yes", "Training and risks", "What was done, and when."),
    )
    return tuple(Part(url_for(endpoint), icon, label, says) for endpoint, icon, label, says in rows)
