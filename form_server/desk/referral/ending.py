"""The panel in which a referral closes: how it ended, then who still waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.closing import Ending, endings_for, say_outcome
from form_server.desk.replies.needed import missing_replies
from form_server.desk.replies.sides import side_of
from form_server.ledger import Fit, Outcome, Whom
from outreach_kit.outreach.telling import Telling


@dataclass(frozen=True)
class Answer:
    """One reply that the ending asks for; `write` is empty once it is there."""

    label: str
    write: str


@dataclass(frozen=True)
class Begun:
    """An ending that was picked and waits; `can_close` once everybody was answered."""

    label: str
    outcome: str
    answers: tuple[Answer, ...]
    can_close: bool
    stop: str


@dataclass(frozen=True)
class EndingView:
    """`chosen` is the ending that was picked and refused; `is_unfolded` shows the choice at once."""

    endings: tuple[Ending, ...]
    close: str
    chosen: str
    was_tried: bool
    asks_despite: bool
    is_unfolded: bool
    begun: Begun | None


def build_ending(case: Case) -> EndingView | None:
    if not case.is_open:
        return None
    is_out = case.said is not None and case.referral.fit is Fit.OUT
    picked = case.desk.ledger.replies.closing_as(case.referral.id)
    return EndingView(
        endings=endings_for(case.referral),
        close=url_for("desk.close_referral", referral_id=case.referral.id),
        chosen=case.typed.get("outcome", ""),
        was_tried=case.was_tried,
        asks_despite=is_out and case.was_tried,
        is_unfolded="outcome" in case.typed,
        begun=_begun(case, picked) if picked else None,
    )


def _begun(case: Case, outcome: Outcome) -> Begun:
    replies = case.desk.ledger.replies.of_referral(case.referral.id)
    missing = missing_replies(case, outcome, replies)
    answers = [_answer(case, whom, is_missing=whom in missing) for whom in Whom]
    return Begun(
        label=say_outcome(outcome),
        outcome=outcome.value,
        answers=tuple(one for one in answers if one is not None),
        can_close=not missing,
        stop=url_for("desk.stop_closing", referral_id=case.referral.id),
    )


def _answer(case: Case, whom: Whom, *, is_missing: bool) -> Answer | None:
    """None for a side that is told nothing."""
    side = side_of(case, whom)
    if not side.ways or side.telling is Telling.NOTHING:
        return None
    write = url_for("desk.write_reply", referral_id=case.referral.id, whom=whom.value)
    return Answer(f"Note to {side.name}", write if is_missing else "")
