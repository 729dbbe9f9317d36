"""How a referral ends: never without an outcome, and not before somebody was tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.ledger import Outcome, Referral


@dataclass(frozen=True)
class Ending:
    outcome: Outcome
    label: str
    hint: str
    needs_try: bool


_ENDINGS: Final = (
    Ending(Outcome.SCHEDULED, "First appointment made", "", needs_try=True),
    Ending(Outcome.ATTENDED, "Came to the first appointment", "", needs_try=True),
    Ending(Outcome.UNATTENDED, "Did not come to the first appointment", "", needs_try=True),
    Ending(
        Outcome.REDIRECTED, "Placed with a colleague",
        "Somebody who fits better has taken them on.", needs_try=True,
    ),
    Ending(Outcome.UNREACHABLE, "Could not be reached", "", needs_try=True),
    Ending(
        Outcome.WITHDRAWN, "Does not want it now",
        "Or found somebody without you.", needs_try=True,
    ),
    Ending(Outcome.DUPLICATE, "Sent twice", "The other one stays open.", needs_try=False),
    Ending(Outcome.SPAM, "Not a referral", "", needs_try=False),
    Ending(Outcome.DRILL, "Drill, done", "", needs_try=False),
)  # fmt: skip
FREES_ITS_TIME: Final = frozenset({Outcome.SPAM, Outcome.WITHDRAWN, Outcome.DUPLICATE})
"""Endings after which nobody calls at the time that was held: the next patient may have it."""
_LABELS: Final = {ending.outcome: ending.label for ending in _ENDINGS}


def endings_for(referral: Referral) -> tuple[Ending, ...]:
    """What this referral can end as now; empty once it is closed."""
    if referral.closed_at is not None:
        return ()
    was_tried = referral.first_contact_at is not None
    is_drill = "drill" in referral.flags
    return tuple(
        ending
        for ending in _ENDINGS
        if (was_tried or not ending.needs_try) and (is_drill or ending.outcome is not Outcome.DRILL)
    )


def say_outcome(outcome: Outcome) -> str:
    return _LABELS[outcome]
