"""Thank-yous of a batch: whose cards can be made, and who is to hear the niche again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from form_server.ledger import Ledger
from form_server.rounds.survey import thanked_before
from outreach_kit.outreach.next_message import Message, is_unexplained
from outreach_kit.outreach.scorecard import LOOKED_BACK_DAYS
from outreach_kit.outreach.thanks import batch_to_make
from outreach_kit.practice import Practice


def made_before(practice: Practice, now: dt.datetime) -> dt.datetime:
    """Up to which moment referrals are thanked for with the cards that can be made today."""
    return thanked_before(batch_to_make(practice.today(now)), practice)


def unexplained(
    ledger: Ledger,
    practice: Practice,
    inbox_ids: Sequence[str],
    codes: Sequence[str],
    now: dt.datetime,
) -> frozenset[str]:
    """Those of these sources that sent somebody who did not fit, and were not told the niche since."""
    since, until = now - dt.timedelta(days=LOOKED_BACK_DAYS), now + dt.timedelta(microseconds=1)
    wrong = ledger.owing.last_mismatches(inbox_ids, codes, since, until)
    said = ledger.visits.said_on(codes)
    zone = practice.time_zone
    return frozenset(
        code
        for code, at in wrong.items()
        if is_unexplained(at.astimezone(zone).date(), said.get(code, {}).get(Message.NICHE_AGAIN))
    )
