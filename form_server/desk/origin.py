"""Who a referral is from, in a line: the office, its code, or the patient."""

from __future__ import annotations

from form_server.desk.inbox.words import FOUND_THROUGH, HOW_IT_CAME
from form_server.desk.referral.said import Said


def say_origin(said: Said) -> str:
    extras = dict(said.extras)
    if said.from_patient and HOW_IT_CAME in extras:
        through = extras.get(FOUND_THROUGH)
        return (
            f"Got in touch, found you through {through}" if through else "Got in touch themselves"
        )
    if said.from_patient:
        return "Wrote to you themselves"
    # An office whose own code is in the link need not type its name.
    code = f"By the code {said.source}" if said.source else "Office not named"
    return said.referrer.office or said.referrer.name or code
