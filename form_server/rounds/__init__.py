"""Outreach as it stands today: the ledger's rows met with the rules, for the desk and for commands.

It reads whole lists in a handful of queries; nothing sealed is opened, and no count of referrals gets
to whatever suggests a gift.
"""

from form_server.rounds.calendar import feed_events
from form_server.rounds.drafting import draft_card, draft_message, voice_of
from form_server.rounds.due import KeptDue, RoundsDue, count_due
from form_server.rounds.giving import Taker, gift_sums, list_takers, sums_with
from form_server.rounds.handouts import label_lines, ordered_source, printed_source
from form_server.rounds.one import survey_one
from form_server.rounds.pace import PACE_SETTING, read_pace, write_pace
from form_server.rounds.period import Period, choose_period, read_year, year_of
from form_server.rounds.readers import list_readers
from form_server.rounds.scorecard import (
    Scorecard,
    as_document,
    figures_of,
    read_months,
    read_scorecard,
)
from form_server.rounds.shelves import Shelves, look_at_shelves
from form_server.rounds.standing import SourceDetail, SourceStanding
from form_server.rounds.survey import Survey, survey, thanked_before
from form_server.rounds.thanking import made_before, unexplained
from form_server.rounds.year import review_year

__all__ = [
    "PACE_SETTING",
    "KeptDue",
    "Period",
    "RoundsDue",
    "Scorecard",
    "Shelves",
    "SourceDetail",
    "SourceStanding",
    "Survey",
    "Taker",
    "as_document",
    "choose_period",
    "count_due",
    "draft_card",
    "draft_message",
    "feed_events",
    "figures_of",
    "gift_sums",
    "label_lines",
    "list_readers",
    "list_takers",
    "look_at_shelves",
    "made_before",
    "ordered_source",
    "printed_source",
    "read_months",
    "read_pace",
    "read_scorecard",
    "read_year",
    "review_year",
    "sums_with",
    "survey",
    "survey_one",
    "thanked_before",
    "unexplained",
    "voice_of",
    "write_pace",
    "year_of",
]
