"""What stands beside the call: what to say, how well it fits, and when to try next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.said import Said
from form_server.desk.referral.times import by_day, say_day
from form_server.desk.team.board_rows import read_board
from form_server.ledger import Attempt, AttemptResult, Fit, Outcome, Referral
from outreach_kit.outreach import Call, FitLists, Part, plan_next_try, weigh_fit, write_script
from outreach_kit.outreach.capacity import Figure, Room, figure_of
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.clinician import Openings

_FITS: Final = (
    (Fit.IN, "In", "What you want to be sent"),
    (Fit.EDGE, "Edge", "You could, if need be"),
    (Fit.OUT, "Out", "Somebody else is right"),
)
TAKES_THEM_ON: Final = frozenset({Outcome.SCHEDULED, Outcome.ATTENDED})
OUT_WARNING: Final = (
    "You marked this as out. Taking a poor fit teaches the office to send more of them, and serves "
    "nobody; placing them with a colleague is a success. To take them on all the same, tick so."
)


@dataclass(frozen=True)
class FitChoice:
    value: str
    label: str
    hint: str
    is_marked: bool


@dataclass(frozen=True)
class FitView:
    """`whose` names the clinician whose lists these are, in a practice of several."""

    choices: tuple[FitChoice, ...]
    lists: FitLists
    whose: str
    mark: str
    was_tried: bool


@dataclass(frozen=True)
class ScriptView:
    """`is_unfolded` until somebody was tried: then it is needed no more."""

    parts: tuple[Part, ...]
    is_unfolded: bool


def build_fit(case: Case) -> FitView | None:
    if case.said is None:
        return None
    said, referral, practice = case.said, case.referral, case.practice
    clinician = clinician_for(said.clinician, practice)
    return FitView(
        choices=tuple(
            FitChoice(fit.value, label, hint, referral.fit is fit) for fit, label, hint in _FITS
        ),
        lists=weigh_fit(clinician, reasons=said.reasons, age_band=said.age_band),
        whose=clinician.name if len(practice.clinicians) > 1 else "",
        mark=url_for("desk.mark_fit", referral_id=referral.id),
        was_tried=case.was_tried,
    )


def build_script(case: Case) -> ScriptView | None:
    if case.said is None:
        return None
    counted = with_openings(case.practice, read_board(case.desk), case.practice.today(case.now))
    parts = view_script(case.said, counted, case.user.user.name, case.now)
    return ScriptView(parts, is_unfolded=case.is_open and not case.was_tried)


def with_openings(practice: Practice, board: Sequence[Room], today: date) -> Practice:
    """The practice with the openings that were counted last, wherever that was."""
    return replace(
        practice,
        clinicians=tuple(_count(one, figure_of(one, board, today)) for one in practice.clinicians),
    )


def _count(clinician: Clinician, figure: Figure) -> Clinician:
    if figure.is_from_folder or figure.count is None or figure.as_of_on is None:
        return clinician
    counted = Openings(
        count=figure.count, on=figure.as_of_on, first_available_on=figure.first_available_on
    )
    return replace(clinician, facts=clinician.facts.model_copy(update={"openings": counted}))


def view_script(said: Said, practice: Practice, caller: str, now: datetime) -> tuple[Part, ...]:
    """With their plan marked in or out of network; a guardian is spoken to in the patient's place."""
    office = "" if said.from_patient else said.referrer.office or said.referrer.name
    call = Call(
        caller=caller.split(",")[0].strip(),
        patient=said.guardian_name or said.patient_name,
        sent_by=office or ("" if said.from_patient else "Your doctor’s office"),
        plan=said.plan,
    )
    return write_script(practice, clinician_for(said.clinician, practice), call, now)


def say_next_try(
    referral: Referral, attempts: Sequence[Attempt], now: datetime, zone: ZoneInfo
) -> str:
    """“Next try Wed, Nov 18 or Thu, Nov 19”; empty when nobody needs to be tried again."""
    if referral.closed_at is not None or not attempts:
        return ""
    if any(one.result is AttemptResult.REACHED for one in attempts):
        return ""
    following = plan_next_try([one.at for one in attempts], zone)
    if following is None:
        return "Tried three times: time to close it, with a word to the office"
    today = now.astimezone(zone).date()
    last = say_day(following.last_on, today)
    way = ", by another way" if following.by_another_way else ""
    if today > following.last_on:
        return f"The next try was due {by_day(last)}{way}"
    if today >= following.first_on:
        return f"Next try {by_day(last)}{way}"
    first = say_day(following.first_on, today)
    joined = "or" if following.last_on - following.first_on == timedelta(days=1) else "to"
    return f"Next try {first} {joined} {last}{way}"


def clinician_for(slug: str, practice: Practice) -> Clinician:
    """Who was asked for, or the first of the practice."""
    return practice.clinician(slug) or practice.clinicians[0]
