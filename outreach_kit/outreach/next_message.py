"""What to say to a source the next time it hears from us: when to say it is the follow-up's to decide.

After a mismatch it is gratitude and the niche again; nothing in it tells which referral was meant.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from outreach_kit.frozen import frozen
from outreach_kit.outreach.follow_up import FollowUp, Standing


class Message(StrEnum):
    HELLO = "hello"
    """The first word to somebody whom nobody has met."""
    NICHE_AGAIN = "niche_again"
    THANKS = "thanks"
    RESTOCK = "restock"
    FOLLOW_UP = "follow_up"


@frozen
class Dealt:
    """What a source sent and was told. `last_mismatch_on` is when a referral came that was none of
    ours; `niche_again_on` when the niche was last explained for that."""

    follow_up: FollowUp
    owed_thanks: int = 0
    last_mismatch_on: dt.date | None = None
    niche_again_on: dt.date | None = None
    runs_low: bool = False


def next_message(dealt: Dealt) -> Message | None:
    """None for a source at rest: a friend, a client or a directory gets no word."""
    if dealt.follow_up.standing is Standing.RESTING:
        return None
    if is_unexplained(dealt.last_mismatch_on, dealt.niche_again_on):
        return Message.NICHE_AGAIN
    if dealt.owed_thanks:
        return Message.THANKS
    if dealt.follow_up.days_since is None:
        return Message.HELLO
    return Message.RESTOCK if dealt.runs_low else Message.FOLLOW_UP


def is_unexplained(last_mismatch_on: dt.date | None, niche_again_on: dt.date | None) -> bool:
    """Whether the niche is to be said again, because a referral came since that was none of ours."""
    if last_mismatch_on is None:
        return False
    return niche_again_on is None or niche_again_on < last_mismatch_on
