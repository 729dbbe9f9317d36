"""Outreach as it stands today: the ledger's rows met with the rules, for the desk and for commands.

It reads whole lists in a handful of queries; nothing sealed is opened, and no count of referrals gets
to whatever suggests a gift.
"""

from form_server.rounds.calendar import feed_events
from form_server.rounds.drafting import draft_message
from form_server.rounds.giving import gift_sums, sums_with
from form_server.rounds.handouts import label_lines, ordered_source, printed_source
from form_server.rounds.months import Month, count_by_month
from form_server.rounds.pace import PACE_SETTING, read_pace, write_pace
from form_server.rounds.readers import list_readers
from form_server.rounds.standing import SourceDetail, SourceStanding
from form_server.rounds.survey import Survey, survey, thanked_before, whole

__all__ = [
    "PACE_SETTING",
    "Month",
    "SourceDetail",
    "SourceStanding",
    "Survey",
    "count_by_month",
    "draft_message",
    "feed_events",
    "gift_sums",
    "label_lines",
    "list_readers",
    "ordered_source",
    "printed_source",
    "read_pace",
    "sums_with",
    "survey",
    "thanked_before",
    "whole",
    "write_pace",
]
