"""How a referral stands, in the codes of the closed loop between offices (HL7 BSeR, STU 2).

The status of a FHIR Task follows from the same facts, as the guide pairs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from form_server.ledger import Fit, Outcome, ReferralState

SYSTEM: Final = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"


class Business(Enum):
    """Code and display of the code system's own."""

    CREATED = ("2.0", "Service Request Created")
    ACCEPTED = ("3.0", "Service Request Accepted")
    DECLINED = ("4.0", "Service Request Declined")
    SCHEDULED = ("5.1.1", "Service Request Event Scheduled")
    UNATTENDED = ("5.1.2", "Scheduled Service Request Event Unattended")
    EVENT_COMPLETED = ("5.1.4", "Service Request Event Completed")
    CANCELLED = ("6.0", "Service Request Fulfillment Cancelled")
    COMPLETED = ("7.0", "Service Request Fulfillment Completed")


@dataclass(frozen=True)
class Standing:
    """`task` and `request` are codes of FHIR's own; `reason` says in words why it ended so.
    `event` is how the first appointment went, where that is known."""

    business: Business
    task: str
    request: str
    reason: str = ""
    event: Business | None = None


_OPEN: Final = {
    ReferralState.WAITING: Standing(Business.CREATED, "requested", "active"),
    ReferralState.ACKNOWLEDGED: Standing(Business.CREATED, "received", "active"),
    ReferralState.CONTACTED: Standing(Business.ACCEPTED, "accepted", "active"),
}
_BOOKED: Final = Standing(Business.SCHEDULED, "in-progress", "active", event=Business.SCHEDULED)
_OUT: Final = Standing(
    Business.DECLINED, "rejected", "active", "Not the right fit here; being placed with a colleague"
)
_CLOSED: Final = {
    Outcome.SCHEDULED: _BOOKED,
    # Coming to the first appointment is what a referral is for: the event, and with it the request.
    Outcome.ATTENDED: Standing(
        Business.COMPLETED, "completed", "completed", event=Business.EVENT_COMPLETED
    ),
    Outcome.REDIRECTED: Standing(
        Business.DECLINED, "rejected", "revoked", "Placed with a colleague who fits better"
    ),
    Outcome.UNATTENDED: Standing(
        Business.UNATTENDED,
        "failed",
        "revoked",
        "The patient did not come",
        event=Business.UNATTENDED,
    ),
    Outcome.UNREACHABLE: Standing(
        Business.CANCELLED, "failed", "revoked", "The patient could not be reached"
    ),
    Outcome.WITHDRAWN: Standing(
        Business.CANCELLED, "cancelled", "revoked", "The patient does not want it now"
    ),
    Outcome.DUPLICATE: Standing(
        Business.CANCELLED, "entered-in-error", "entered-in-error", "Sent twice"
    ),
    Outcome.SPAM: Standing(
        Business.CANCELLED, "entered-in-error", "entered-in-error", "Not a referral"
    ),
    Outcome.DRILL: Standing(Business.CANCELLED, "entered-in-error", "entered-in-error", "A drill"),
}


def standing_of(
    state: ReferralState, outcome: Outcome | None, fit: Fit | None, *, is_booked: bool = False
) -> Standing:
    """An open referral that somebody answered and that fits elsewhere only counts as declined; one
    with a first appointment agreed on, as scheduled."""
    if outcome is not None:
        return _CLOSED[outcome]
    if is_booked:
        return _BOOKED
    if state is ReferralState.CONTACTED and fit is Fit.OUT:
        return _OUT
    return _OPEN.get(state, _OPEN[ReferralState.CONTACTED])
