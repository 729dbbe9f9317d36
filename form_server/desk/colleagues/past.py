"""Whom a referral was sent on to, for its time line: asked, what they said, with whom they are."""

from __future__ import annotations

from collections.abc import Iterator

from form_server.desk.console import Desk
from form_server.desk.team.crew import name_of
from form_server.desk.team.past import Step
from form_server.ledger import Placement, PlacementState, Referral

_ANSWERED = {
    PlacementState.ACCEPTED: "{name} said yes",
    PlacementState.PLACED: "{name} said yes",
    PlacementState.DECLINED: "{name} said no",
}
_SETTLED = {
    PlacementState.PLACED: "The patient is with {name}",
    PlacementState.WITHDRAWN: "No answer needed of {name} any more",
}


def read_sent_on(desk: Desk, referral: Referral) -> Iterator[Step]:
    """In no order; one question to the directory, however many were asked."""
    placements = desk.ledger.placements.of_referral(referral.id)
    if not placements:
        return
    known = desk.ledger.colleagues.named([one.colleague_id for one in placements])
    for one in placements:
        found = known.get(one.colleague_id)
        yield from _steps(one, found.name if found else "a colleague", name_of(desk, one.user_id))


def _steps(one: Placement, name: str, asked_by: str) -> Iterator[Step]:
    yield Step(one.asked_at, f"Asked {name} to take them on", asked_by)
    if one.answered_at is not None and one.state in _ANSWERED:
        yield Step(one.answered_at, _capital(_ANSWERED[one.state].format(name=name)), "")
    if one.settled_at is not None and one.state in _SETTLED:
        yield Step(one.settled_at, _SETTLED[one.state].format(name=name), "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
