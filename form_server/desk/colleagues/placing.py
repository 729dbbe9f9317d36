"""Whether a referral that was sent on has found its place."""

from __future__ import annotations

from form_server.desk.referral.case import Case
from form_server.ledger import PlacementState


def is_placed(case: Case) -> bool:
    """Whether a colleague has taken the patient on: then it can close as placed with a colleague."""
    return any(
        one.state is PlacementState.PLACED
        for one in case.desk.ledger.placements.of_referral(case.referral.id)
    )


def is_being_placed(case: Case) -> bool:
    """Whether somebody was asked and the end of it is not known: it would be lost by closing."""
    return any(
        not one.state.is_settled
        for one in case.desk.ledger.placements.of_referral(case.referral.id)
    )
