"""What the audit's words for programs mean to people who ask who looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from form_server.desk.record.words import say_action as say_entry

LOOKS: Final[Mapping[str, str]] = {
    "list.opened": "Looked at the list of today, with first names",
    "inbox.opened": "Looked at the inbox, with first names",
    "inbox.searched": "Searched the inbox",
    "quarantine.opened": "Looked at what is kept aside",
    "referral.opened": "Opened the referral",
    "referral.purged_seen": "Looked at a referral whose words are gone",
    "referral.unreadable": "Tried to open a referral that stays shut",
    "patient.sought": "Looked for a patient by name or number",
    "patient.opened": "Opened everything about the patient",
    "copy.referral": "Took a copy of the referral",
    "copy.patient": "Took a copy of everything about the patient",
    "copy.all": "Took a copy of all referrals",
    "copy.ended": "The copy of all referrals ended",
}
"""Everything by which somebody gets to see a patient's words."""
_STEPS: Final[Mapping[str, str]] = {
    "copy.figures": "Took the figures, without patients",
    "referral.accepted": "Came in",
    "referral.acknowledged": "Was first to see it",
    "referral.attempted": "Recorded a try to reach the patient",
    "referral.attempt_undone": "Took a recorded try back",
    "referral.closed": "Closed it",
    "referral.amended": "Added a correction",
    "referral.erased": "Erased it",
    "referral.purged": "Its words were removed when retention was over",
    "referral.moved": "Handed it to another inbox",
    "referral.fit_marked": "Marked how well it fits",
    "reply.recorded": "Recorded a reply",
    "sign_in.failed": "Failed to sign in",
    "session.started": "Signed in",
    "session.ended": "Signed out",
    "access.read": "Read this report",
    "agreement.recorded": "Recorded an agreement",
    "agreement.ended": "Ended an agreement",
    "diligence.recorded": "Recorded what was done for privacy",
}


def say_action(action: str) -> str:
    """In a few words; what is no look at anybody is said as the record says it."""
    return LOOKS.get(action) or _STEPS.get(action) or say_entry(action)
