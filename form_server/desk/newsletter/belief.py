"""Whether a letter to many will be believed: said before it goes out, and never in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.referral.times import say_moment
from form_server.sender_look import last_look


@dataclass(frozen=True)
class Doubts:
    """`found` are sentences about what is wrong, none where nobody has looked; one looks at `health`."""

    says: str
    found: tuple[str, ...]
    health: str


def doubts_about(desk: Desk, now: datetime) -> Doubts | None:
    """What the last look found, or, before the first letter, that there was none."""
    if not desk.handling.mail_server:
        return None
    domain, health = desk.mail_domain, url_for("desk.show_health")
    look = last_look(desk.ledger, domain)
    if look is None:
        if desk.ledger.newsletters.issues(1):
            return None
        return Doubts(
            f"This is the first letter to many, and nobody has looked yet whether mail from {domain} "
            "is believed (SPF and DKIM).",
            (),
            health,
        )
    if not look.doubts:
        return None
    at = say_moment(look.at, now, desk.practice().time_zone)
    return Doubts(f"Mail from {domain} may not be believed. Found {at}:", look.doubts, health)
