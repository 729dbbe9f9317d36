"""Who is on a referral, in words: for Today, for lists and for its own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.referral.times import say_clock, say_moment
from form_server.desk.team.crew import Crew, find_crew, name_of, short_name
from form_server.ledger import Claim, Referral, WaitingPlace


@dataclass(frozen=True)
class Holding:
    """How a referral of a shared inbox stands between those who share it.

    `says` is empty while nobody took it. `claim` is where one tap takes it, empty where that makes
    no sense; `ring` is where a tap on Call goes first.
    """

    says: str
    is_mine: bool
    is_live: bool
    claim: str
    ring: str
    waits: str = ""


def read_holdings(
    desk: Desk, keyring: Keyring, referrals: Sequence[Referral]
) -> dict[str, Holding]:
    """By referral, for those of shared inboxes and those on the waitlist; two queries for a list."""
    crew = find_crew(desk, keyring.holder.user.id, keyring.inbox_ids)
    ids = [one.id for one in referrals]
    places = desk.ledger.waitlist.places(ids) if ids else {}
    shared = [one for one in referrals if crew.is_shared(one.inbox_id)]
    claims = desk.ledger.claims.of([one.id for one in shared]) if shared else {}
    now, zone = desk.clock(), desk.practice().time_zone
    held = {
        one.id: _read(desk, crew, one, claims.get(one.id), places.get(one.id), now, zone)
        for one in shared
    }
    alone = {
        one.id: Holding("", False, False, "", "", _say_waits(places[one.id], now, zone))
        for one in referrals
        if one.id in places and one.id not in held
    }
    return held | alone


def read_holding(desk: Desk, keyring: Keyring, one: Referral) -> Holding | None:
    return read_holdings(desk, keyring, [one]).get(one.id)


def say_claim(claim: Claim, crew: Crew, desk: Desk, now: datetime, zone: ZoneInfo) -> str:
    """“Maria Santos is on it since 10:42 AM”, or that the claim ran out without a try."""
    since = say_since(claim.taken_at, now, zone)
    mine = claim.user_id == crew.me
    who = "You" if mine else _name(crew, desk, claim.user_id)
    if not claim.is_live:
        return f"{who} took it {since}, and nothing was tried until {say_clock(claim.expires_at, zone)}"
    given = ""
    if claim.given_by and claim.given_by != claim.user_id:
        by = "you" if claim.given_by == crew.me else _name(crew, desk, claim.given_by)
        given = f", given by {by}"
    return f"{who} {'are' if mine else 'is'} on it since {since}{given}"


def say_since(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“10:42 AM” today, else “yesterday, 10:42 AM”."""
    today = at.astimezone(zone).date() == now.astimezone(zone).date()
    return say_clock(at, zone) if today else say_moment(at, now, zone)


def _read(
    desk: Desk,
    crew: Crew,
    one: Referral,
    claim: Claim | None,
    place: WaitingPlace | None,
    now: datetime,
    zone: ZoneInfo,
) -> Holding:
    is_open = one.closed_at is None
    is_live = claim is not None and claim.is_live and is_open
    can_take = is_open and not is_live and place is None
    return Holding(
        says=say_claim(claim, crew, desk, now, zone) if claim and is_open else "",
        is_mine=is_live and claim is not None and claim.user_id == crew.me,
        is_live=is_live,
        claim=url_for("desk.claim_referral", referral_id=one.id) if can_take else "",
        ring=url_for("desk.ring_patient", referral_id=one.id) if is_open else "",
        waits=_say_waits(place, now, zone) if place else "",
    )


def _say_waits(place: WaitingPlace, now: datetime, zone: ZoneInfo) -> str:
    return f"On the waitlist since {say_since(place.since, now, zone)}"


def _name(crew: Crew, desk: Desk, user_id: str) -> str:
    user = crew.users.get(user_id)
    return short_name(user) if user else name_of(desk, user_id)


def ring_script(holdings: Mapping[str, Holding]) -> str:
    """The script that asks before it dials, where any row needs it; else empty."""
    asks = any(one.ring for one in holdings.values())
    return url_for("desk.static", filename="ring.js") if asks else ""
