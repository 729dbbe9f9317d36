"""How often each tier is visited: set once for all offices, within what neither nags nor forgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.rounds import PACE_SETTING, read_pace, write_pace
from outreach_kit.outreach.follow_up import (
    FORGOTTEN_DAYS,
    NUISANCE_DAYS,
    Rhythm,
    RhythmRefused,
    Tier,
)

_SAYS: Final = {
    Tier.A: "Four good referrals a year, or more",
    Tier.B: "One to three",
    Tier.C: "None yet",
}
_DONE: Final = {"saved": "Saved. It holds from now on."}


@dataclass(frozen=True)
class TierRow:
    tier: str
    says: str
    days: str
    complaint: str


@dataclass(frozen=True)
class PacePage:
    rows: tuple[TierRow, ...]
    least: int
    most: int
    save: str
    back: str
    done: str
    is_refused: bool


def show_pace() -> Response:
    rhythm = read_pace(the_desk().ledger.desk_settings.all())
    return _render({tier: str(rhythm.every(tier)) for tier in Tier}, {})


def save_pace() -> Response:
    """All three or none."""
    typed = {tier: request.form.get(tier.value, "").strip() for tier in Tier}
    complaints = {tier: text for tier in Tier if (text := _complain(tier, typed[tier]))}
    if complaints:
        return _render(typed, complaints)
    rhythm = Rhythm.of({tier.value: int(days) for tier, days in typed.items()})
    settings = the_desk().ledger.desk_settings
    settings.put(PACE_SETTING, write_pace(rhythm), actor=signed_in().actor)
    return go_to(url_for("desk.show_pace", done="saved"))


def _complain(tier: Tier, days: str) -> str:
    """What is wrong with it, or nothing."""
    if not (days.isascii() and days.isdigit() and len(days) <= 3):
        return f"Write {NUISANCE_DAYS} to {FORGOTTEN_DAYS} days."
    try:
        Rhythm.of({tier.value: int(days)})
    except RhythmRefused as refused:
        return str(refused)
    return ""


def _render(typed: Mapping[Tier, str], complaints: Mapping[Tier, str]) -> Response:
    view = PacePage(
        rows=tuple(
            TierRow(tier.value, says, typed[tier], complaints.get(tier, ""))
            for tier, says in _SAYS.items()
        ),
        least=NUISANCE_DAYS,
        most=FORGOTTEN_DAYS,
        save=url_for("desk.save_pace"),
        back=url_for("desk.show_offices"),
        done=_DONE.get(request.args.get("done", ""), ""),
        is_refused=bool(complaints),
    )
    return render_page(
        "offices/pace.html",
        view,
        title="How often to come back",
        signed_in=signed_in(),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if complaints else HTTPStatus.OK,
    )
