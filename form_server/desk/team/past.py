"""What happened between people, for the time line of a referral: calls, handovers, claims as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from form_server.desk.console import Desk
from form_server.desk.team.crew import name_of
from form_server.ledger import NotFound, Referral


@dataclass(frozen=True)
class Step:
    at: datetime
    what: str
    who: str


def read_past(desk: Desk, referral: Referral) -> Iterator[Step]:
    """In no order."""
    for ring in desk.ledger.claims.rings(referral.id):
        knew = f", knowing of {name_of(desk, ring.warned_of)}" if ring.warned_of else ""
        yield Step(ring.at, f"Call, text or e-mail tapped{knew}", name_of(desk, ring.user_id))
    for way in desk.ledger.handovers.of(referral.id):
        kind, _, user_id = way.actor.partition(":")
        who = name_of(desk, user_id) if kind == "user" else ""
        here, there = (_inbox(desk, one) for one in (way.from_inbox_id, way.to_inbox_id))
        yield Step(way.at, f"Handed from {here} to {there}", who)
    claim = desk.ledger.claims.of([referral.id]).get(referral.id)
    if claim is not None:
        by = claim.given_by or claim.user_id
        whom = f"Given to {name_of(desk, claim.user_id)}" if claim.given_by else "Taken"
        yield Step(claim.taken_at, whom, name_of(desk, by))
    place = desk.ledger.waitlist.of(referral.id)
    if place is not None:
        yield Step(place.since, "Put on the waitlist", name_of(desk, place.user_id))


def _inbox(desk: Desk, inbox_id: str) -> str:
    try:
        return desk.ledger.inboxes.get(inbox_id).name
    except NotFound:
        return "an inbox that is gone"
