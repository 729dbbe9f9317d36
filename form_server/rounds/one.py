"""One source as it stands today, without making up the standing of thousands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from form_server.ledger import Ledger, SourceCard
from form_server.rounds.pace import read_pace
from form_server.rounds.standing import stand, weigh_on
from form_server.rounds.survey import Survey
from outreach_kit.practice import Practice


def survey_one(
    ledger: Ledger,
    practice: Practice,
    inbox_ids: Sequence[str],
    now: dt.datetime,
    card: SourceCard,
) -> Survey:
    """The survey of all, with this one alone in it."""
    rhythm = read_pace(ledger.desk_settings.all())
    bare = Survey(ledger, practice, inbox_ids, now, rhythm, ())
    until = now + dt.timedelta(microseconds=1)
    counts = ledger.tallies.counts(inbox_ids, bare.since, until, [card.code])
    standing = stand(
        card,
        ledger.visits.last_contacts([card.code]).get(card.code),
        counts.get(card.code),
        ledger.gifts.last_on().get(card.code),
        weigh_on(bare.today, practice.time_zone, rhythm),
    )
    return Survey(ledger, practice, inbox_ids, now, rhythm, (standing,))
