"""What the inbox calls things: states, ways in, fits and flags, in the words of its forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from form_server.ledger import CameBy, Fit, Kept, Outcome, ReferralState

CAME_BY: Final[Mapping[CameBy, str]] = {
    CameBy.PHONE: "Phone call",
    CameBy.VOICEMAIL: "Voicemail",
    CameBy.TEXT: "Text message",
    CameBy.EMAIL: "E-mail",
    CameBy.FAX: "Fax",
    CameBy.LETTER: "Letter",
    CameBy.DIRECTORY: "Directory message",
    CameBy.IN_PERSON: "In person",
}
HOW_IT_CAME: Final = "How it came"
FOUND_THROUGH: Final = "Found you through"
"""What a referral written down by hand says beyond the form's fields, under the words that its page
shows."""
STATES: Final[Mapping[str, tuple[str, tuple[ReferralState, ...]]]] = {
    "open": (
        "Open",
        (ReferralState.WAITING, ReferralState.ACKNOWLEDGED, ReferralState.CONTACTED),
    ),
    "waiting": ("Not looked at", (ReferralState.WAITING,)),
    "acknowledged": ("Seen, nobody called", (ReferralState.ACKNOWLEDGED,)),
    "contacted": ("Tried, still open", (ReferralState.CONTACTED,)),
    "closed": ("Closed", (ReferralState.CLOSED,)),
}
PROMISES: Final[Mapping[Kept, str]] = {
    Kept.OVERDUE: "Overdue now",
    Kept.IN_TIME: "Still in time",
    Kept.KEPT: "Kept",
    Kept.LATE: "Kept late",
}
DOORS: Final[Mapping[str, str]] = {
    "office": "Office’s form",
    "self": "Patient’s form",
    **{way.value: label for way, label in CAME_BY.items()},
}
FITS: Final[Mapping[str, str]] = {
    Fit.IN.value: "In",
    Fit.EDGE.value: "Edge",
    Fit.OUT.value: "Out",
    "none": "Not weighed yet",
}
FLAGS: Final[Mapping[str, str]] = {
    "read_first": "Read first",
    "quarantine": "Kept aside",
    "outcome_consent": "Office may learn how it went",
    "unknown_source": "Code nobody was given",
    "unknown_reason": "A reason not on your list",
    "unknown_plan": "A plan not on your list",
    "unknown_clinician": "Asked for somebody unknown",
    "drill": "Drill",
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.SCHEDULED: "First appointment made",
    Outcome.ATTENDED: "Came to the first appointment",
    Outcome.UNATTENDED: "Did not come to it",
    Outcome.REDIRECTED: "Placed with a colleague",
    Outcome.UNREACHABLE: "Could not be reached",
    Outcome.WITHDRAWN: "Does not want it now",
    Outcome.DUPLICATE: "Sent twice",
    Outcome.SPAM: "Not a referral",
    Outcome.DRILL: "Drill, done",
}
