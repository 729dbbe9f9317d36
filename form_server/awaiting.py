"""The time between setting a server up and its owner's first visit.

Whoever hosts the server made a link; until the owner takes it up there is no key that a referral
could be sealed to. The website and the link are served meanwhile, and offices are told to phone.
"""

from __future__ import annotations

from form_server.ledger import Invitation, Ledger, Role

NO_OWNER = "no owner yet"


def awaited_owner(ledger: Ledger) -> Invitation | None:
    """The invitation that waits for the first owner; None once there are keys, or none waits."""
    if ledger.people.recovery_key() is not None:
        return None
    waiting = (one for one in ledger.invitations.pending() if one.role is Role.OWNER)
    return next(waiting, None)
