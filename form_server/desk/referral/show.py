"""The page of one referral: how long ago it came and what is doubtful, then its panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.referral.case import Case, open_case
from form_server.desk.referral.clock import Clock, read_clock
from form_server.desk.referral.contact import tap_named
from form_server.desk.referral.panel import Shown
from form_server.desk.referral.panels import lay_out
from form_server.desk.referral.reach import Undo, find_undo
from form_server.desk.referral.suspicions import say_suspicions
from form_server.desk.referral.tags import Tag, tags_of
from form_server.desk.team.done import DONE as BETWEEN

_DONE: Final = {
    "undone": "Taken back. The clock goes on as before.",
    "undo-late": "That try stays on record: it was more than a minute ago.",
    "fit-in": "Marked as in.",
    "fit-edge": "Marked as on the edge.",
    "closing": "One thing before it closes: an answer. The drafts are ready below.",
    "kept-open": "It stays open.",
    "reopened": "It is open again.",
    "reopen-late": "It stays closed: that was more than a minute ago.",
    "reply": "Kept with the referral.",
    "reply-mail": "It goes out in a minute. Until then you can take it back below.",
    "reply-aside": "Set aside, with your reason.",
    "reply-undone": "Taken back. Nobody was told.",
    "reply-kept": "That one cannot be taken back any more.",
    "booked": "The first appointment is noted.",
    "unbooked": "The appointment is gone.",
    "estimate-given": "Noted: they have the estimate.",
    "estimate-not-given": "Noted: they do not have it yet.",
    "estimate-asked": "Noted: they asked for an estimate.",
    "fit-out": "Marked as out. It stays open until they are placed with somebody who fits.",
    "asked": "Noted whom you ask. It stays open until one of them has taken the patient.",
    "noted": "Noted.",
    "placed": "Placed. You can close it now as placed with a colleague.",
    "placing-again": "That had changed meanwhile. See how it stands now.",
}


@dataclass(frozen=True)
class Doubt:
    """Why a referral is kept aside, and where to say whether it is real."""

    why: tuple[str, ...]
    rescue: str
    spam: str


@dataclass(frozen=True)
class ReferralPage:
    """`damage` names the columns of its row that mean nothing, or is empty."""

    heading: str
    clock: Clock
    tags: tuple[Tag, ...]
    damage: str
    doubt: Doubt | None
    undo: Undo | None
    panels: tuple[Shown, ...]
    done: str
    error: str


def show_referral(referral_id: str) -> Response:
    """The page of a referral; looking at it is noted, and the first look acknowledges it."""
    told = request.args.get("done", "")
    tap = tap_named(told)
    return render_referral(
        referral_id, done=f"Recorded: {tap.word}." if tap else {**_DONE, **BETWEEN}.get(told, "")
    )


def render_referral(
    referral_id: str,
    *,
    done: str = "",
    error: str = "",
    typed: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Raises NotFound, which is answered alike for what is missing and what is not the user's."""
    case = open_case(referral_id, typed)
    is_read_first = "read_first" in case.referral.flags
    view = ReferralPage(
        heading=_heading(case),
        clock=read_clock(case.referral, case.now, case.practice.time_zone),
        tags=() if is_read_first else tags_of(case.referral),
        damage=", ".join(case.referral.damage),
        doubt=_doubt(case),
        undo=find_undo(case),
        panels=lay_out(case),
        done=done,
        error=error,
    )
    # The patient's name stays out of the title, which ends up in histories and window lists.
    title = f"Referral {case.referral.receipt}"
    return render_page("referral.html", view, title=title, signed_in=case.user, status=status)


def _heading(case: Case) -> str:
    if case.said is not None:
        return case.said.patient_name or "No name given"
    return "A closed referral" if case.is_purged else "This referral cannot be opened"


def _doubt(case: Case) -> Doubt | None:
    if "quarantine" not in case.referral.flags or not case.is_open:
        return None
    return Doubt(
        say_suspicions(case.said.suspicions if case.said else ()),
        url_for("desk.rescue", referral_id=case.referral.id),
        url_for("desk.close_as_spam", referral_id=case.referral.id),
    )
