"""The team's first page: who is on what, the way to waitlist and openings, and how long a claim holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.roles import Right, may
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to, render_page
from form_server.desk.team.board_rows import read_board
from form_server.desk.team.crew import find_crew
from form_server.desk.team.holding import say_claim
from form_server.ledger import Claim, Referral
from outreach_kit.outreach.capacity import figure_of

_SHOWN: Final = 100
CHOICES: Final = (15, 30, 60, 120, 240)
_DONE: Final = {
    "handed": "Handed over. Who is there has been told.",
    "lasting": "Set, for claims from now on.",
}


@dataclass(frozen=True)
class Hold:
    """One referral in somebody's hands; by receipt, so that the page opens nothing."""

    href: str
    receipt: str
    says: str
    is_live: bool


@dataclass(frozen=True)
class Lasting:
    minutes: int
    label: str
    is_set: bool


@dataclass(frozen=True)
class TeamPage:
    holds: tuple[Hold, ...]
    waitlist: str
    waitlist_says: str
    openings: str
    openings_say: str
    lasting: tuple[Lasting, ...]
    set_lasting: str
    may_set: bool
    done: str


def show_team() -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    lasts = desk.ledger.claims.lasts() // timedelta(minutes=1)
    view = TeamPage(
        holds=_holds(desk, user, keyring),
        waitlist=url_for("desk.show_waitlist"),
        waitlist_says=_say_waitlist(desk, keyring),
        openings=url_for("desk.show_openings"),
        openings_say=_say_openings(desk),
        lasting=tuple(
            Lasting(one, _say_minutes(one), one == lasts) for one in sorted({*CHOICES, lasts})
        ),
        set_lasting=url_for("desk.set_claim_time"),
        may_set=may(user.user.role, Right.SETTINGS),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("team/team.html", view, title="Team", signed_in=user)


def set_claim_time() -> Response:
    desk, user = the_desk(), signed_in()
    chosen = request.form.get("minutes", "")
    if chosen in {str(one) for one in CHOICES}:
        desk.ledger.claims.set_lasts(timedelta(minutes=int(chosen)), actor=user.actor)
    return go_to(url_for("desk.show_team", done="lasting"))


def _holds(desk: Desk, user: SignedIn, keyring: Keyring) -> tuple[Hold, ...]:
    open_ones = desk.ledger.referrals.open_in(keyring.inbox_ids, limit=_SHOWN).referrals
    claims = desk.ledger.claims.of([one.id for one in open_ones])
    held = [(one, claims[one.id]) for one in open_ones if one.id in claims]
    crew = find_crew(desk, user.user.id, keyring.inbox_ids)
    now, zone = desk.clock(), desk.practice().time_zone

    def row(one: Referral, claim: Claim) -> Hold:
        return Hold(
            href=url_for("desk.show_referral", referral_id=one.id),
            receipt=one.receipt,
            says=say_claim(claim, crew, desk, now, zone),
            is_live=claim.is_live,
        )

    return tuple(row(*pair) for pair in sorted(held, key=lambda pair: pair[1].is_live))


def _say_waitlist(desk: Desk, keyring: Keyring) -> str:
    many = desk.ledger.waitlist.count(keyring.inbox_ids)
    due = desk.ledger.waitlist.due(keyring.inbox_ids, desk.practice().today(desk.clock()))
    who = (
        "Nobody waits for an opening" if not many else "1 person" if many == 1 else f"{many} people"
    )
    return f"{who}; {due} to hear from you now" if due else who


def _say_openings(desk: Desk) -> str:
    practice, board = desk.practice(), read_board(desk)
    today = practice.today(desk.clock())
    figures = [figure_of(one, board, today) for one in practice.clinicians]
    room = sum(one.count or 0 for one in figures)
    stale = sum(one.is_stale for one in figures)
    said = "1 opening" if room == 1 else f"{room} openings"
    return f"{said}; {stale} of you should count again" if stale else said


def _say_minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest or not hours:
        return f"{minutes} minutes"
    return "1 hour" if hours == 1 else f"{hours} hours"
