"""How far a referral has come, in words that an office may read."""

from __future__ import annotations

from enum import StrEnum

from outreach_kit.web.language import Words


class ReferralStanding(StrEnum):
    """Received, calling and closed anybody may know who sent it; the rest only with consent."""

    RECEIVED = "received"
    CALLING = "calling"
    REACHED = "reached"
    UNREACHABLE = "unreachable"
    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    REDIRECTED = "redirected"
    CLOSED = "closed"


def say_standing(standing: ReferralStanding, words: Words, promised: str) -> tuple[str, str]:
    """A heading and a sentence for the office."""
    _ = words.gettext
    match standing:
        case ReferralStanding.RECEIVED:
            said = _("Received"), _("We call your patient by {promised}.")
        case ReferralStanding.CALLING:
            said = _("We are calling"), _("We have begun to call, and keep trying on other days.")
        case ReferralStanding.REACHED:
            said = _("Reached"), _("We have spoken with your patient.")
        case ReferralStanding.UNREACHABLE:
            said = (
                _("Unable to reach"),
                _("We tried on several days. Your patient can call us at any time."),
            )
        case ReferralStanding.SCHEDULED:
            said = _("Scheduled"), _("Your patient has an appointment with us.")
        case ReferralStanding.ATTENDED:
            said = _("Attended"), _("Your patient came to an appointment.")
        case ReferralStanding.REDIRECTED:
            said = _("Redirected"), _("Somebody else fits better, and we helped to find them.")
        case ReferralStanding.CLOSED:
            said = (
                _("Closed"),
                _("We have answered this referral. Call us if you have a question."),
            )
    return said[0], said[1].format(promised=promised)


def say_standing_to_patient(
    standing: ReferralStanding, words: Words, promised: str
) -> tuple[str, str]:
    """A heading and a sentence for whoever wrote on their own behalf: plain, and never an outcome."""
    _ = words.gettext
    if standing is ReferralStanding.RECEIVED:
        return _("We have it"), _("We call you by {promised}.").format(promised=promised)
    if standing is ReferralStanding.CLOSED:
        return _("Done"), _("Do you still need us? Just call.")
    return _("We are calling you"), _("If you missed us, call us back, or wait for our next call.")
