"""The panel in which a referral closes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.closing import Ending, endings_for
from form_server.ledger import Fit


@dataclass(frozen=True)
class EndingView:
    """`chosen` is the ending that was picked and refused; `is_unfolded` shows the choice at once."""

    endings: tuple[Ending, ...]
    close: str
    chosen: str
    was_tried: bool
    asks_despite: bool
    is_unfolded: bool


def build_ending(case: Case) -> EndingView | None:
    if not case.is_open:
        return None
    is_out = case.said is not None and case.referral.fit is Fit.OUT
    return EndingView(
        endings=endings_for(case.referral),
        close=url_for("desk.close_referral", referral_id=case.referral.id),
        chosen=case.typed.get("outcome", ""),
        was_tried=case.was_tried,
        asks_despite=is_out and case.was_tried,
        is_unfolded="outcome" in case.typed,
    )
