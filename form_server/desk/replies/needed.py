"""Which replies an ending asks for before the referral may close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from form_server.desk.referral.case import Case
from form_server.desk.replies.sides import what_they_learn
from form_server.ledger import AttemptResult, DeliveryState, Fit, Outcome, Reply, Whom
from outreach_kit.outreach.reply_words import Ending
from outreach_kit.outreach.telling import Telling

ENDINGS: Final = {Outcome(ending.value): ending for ending in Ending}
"""The endings that somebody is answered about; a referral sent twice or a drill is not."""
_NOT_TOLD: Final = frozenset({DeliveryState.STUCK, DeliveryState.DISMISSED})


def missing_replies(case: Case, outcome: Outcome, replies: Sequence[Reply]) -> tuple[Whom, ...]:
    """Who still waits for an answer about this ending; a reply that was set aside counts.

    One note of thanks serves every ending: it says the same. Nobody is owed one by a referral that
    does not open, because nobody could write it.
    """
    if outcome not in ENDINGS or case.said is None:
        return ()
    told = [one for one in replies if one.delivery not in _NOT_TOLD]
    missing = []
    if not any(one.whom is Whom.PATIENT and one.about is outcome for one in told):
        missing.append(Whom.PATIENT)
    telling = what_they_learn(case)
    if telling is not Telling.NOTHING and not any(
        one.whom is Whom.SOURCE and (one.about is outcome or telling is Telling.THANKS)
        for one in told
    ):
        missing.append(Whom.SOURCE)
    return tuple(missing)


def likely_ending(case: Case, replies: Sequence[Reply]) -> Outcome:
    """What a reply is most likely about, for the first draft; a person picks another if it is not."""
    ledger, referral = case.desk.ledger, case.referral
    picked = ledger.replies.closing_as(referral.id)
    if picked in ENDINGS:
        return picked
    if referral.fit is Fit.OUT:
        return Outcome.REDIRECTED
    booked = ledger.bookings.get(referral.id)
    if booked is not None:
        return Outcome.ATTENDED if booked.starts_at < case.now else Outcome.SCHEDULED
    if replies:
        return replies[-1].about
    was_reached = any(one.result is AttemptResult.REACHED for one in case.attempts)
    return Outcome.SCHEDULED if was_reached else Outcome.UNREACHABLE
