"""The panel of a referral's page from which it is sent on, and stays open until it is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.colleagues.asked import Asked, find_asked
from form_server.desk.colleagues.need import read_understood
from form_server.desk.colleagues.suggesting import Suggested, Suggestions, find_suggestions
from form_server.desk.referral.case import Case
from form_server.ledger import Fit, PlacementState

_SHOWN: Final = 4


@dataclass(frozen=True)
class PlacingPanel:
    """`suggested` is empty while it is not known that they are sent on; `more` leads to all.

    `close` is where one tap ends it as placed, empty until it can. Clinicians of the practice are not
    among them here: the panel before this one has them.
    """

    asked: tuple[Asked, ...]
    suggested: tuple[Suggested, ...]
    is_placed: bool
    is_sent_on: bool
    count: int
    ask: str
    more: str
    add: str
    close: str


def build_placing(case: Case) -> PlacingPanel | None:
    """While it is open, or where somebody was asked; sent on is what fits badly, or was asked for."""
    placements = case.desk.ledger.placements.of_referral(case.referral.id)
    if case.said is None or not (case.is_open or placements):
        return None
    is_placed = any(one.state is PlacementState.PLACED for one in placements)
    is_sent_on = case.referral.fit in {Fit.OUT, Fit.EDGE} or bool(placements)
    found = Suggestions((), 0)
    if case.is_open and is_sent_on and not is_placed:
        asked = frozenset(one.colleague_id for one in placements)
        found = find_suggestions(case, read_understood(case), asked, _SHOWN, with_inside=False)
    this = case.referral.id
    return PlacingPanel(
        asked=find_asked(case, placements),
        suggested=found.shown,
        is_placed=is_placed,
        is_sent_on=is_sent_on,
        count=found.count,
        ask=url_for("desk.ask_colleagues", referral_id=this),
        more=url_for("desk.show_sending", referral_id=this) if case.is_open else "",
        add=url_for("desk.new_colleague", sending=this),
        close=_close(case) if is_placed else "",
    )


def _close(case: Case) -> str:
    """Empty once that ending was begun: then the panel at the end of the page says what is missing."""
    begun = case.desk.ledger.replies.closing_as(case.referral.id)
    if not case.is_open or not case.was_tried or begun is not None:
        return ""
    return url_for("desk.close_referral", referral_id=case.referral.id)
