"""Who in the practice has room, as far as the last count can still be trusted.

The desk's board is counted by clinician, site, plan and language. Where the practice folder was
counted later, or the board is stale or empty, the folder's own dated openings speak. What is stale is
never current: it only says that somebody should count again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from outreach_kit.first_call import Network, look_up_plan
from outreach_kit.frozen import frozen
from outreach_kit.outreach.fit import weigh_fit
from outreach_kit.outreach.tongues import same_language
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS


@frozen
class Room:
    """Room for `count` people with one clinician; `site`, `plan` and `language` are empty for any."""

    clinician: str
    count: int
    as_of_on: dt.date
    first_available_on: dt.date | None = None
    site: str = ""
    plan: str = ""
    language: str = ""

    def fresh(self, today: dt.date) -> bool:
        return 0 <= (today - self.as_of_on).days <= OPENINGS_FRESH_DAYS


@frozen
class Figure:
    """What may be shown of a clinician's openings; `count` is None when nobody knows any more.

    `as_of_on` is the oldest day that the count stands on, or None without any.
    """

    clinician: str
    count: int | None
    first_available_on: dt.date | None
    as_of_on: dt.date | None
    is_stale: bool
    is_from_folder: bool = False


@frozen
class Need:
    """What a referral said; all of it may be empty. `reasons` are labels or slugs."""

    reasons: tuple[str, ...] = ()
    age_band: str = ""
    language: str = ""
    plan: str = ""


@frozen
class Suggestion:
    """A clinician who fits and has room; `fits` and `asks` say why, and what to ask, in words."""

    clinician: Clinician
    rooms: tuple[Room, ...]
    fits: tuple[str, ...]
    asks: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(room.count for room in self.rooms)

    @property
    def first_available_on(self) -> dt.date | None:
        days = (one.first_available_on for one in self.rooms if one.first_available_on)
        return min(days, default=None)


def current_rooms(clinician: Clinician, board: Iterable[Room], today: dt.date) -> tuple[Room, ...]:
    """What was counted last and is fresh, full rows too; empty when nobody knows."""
    fresh = tuple(one for one in board if one.clinician == clinician.slug and one.fresh(today))
    folder = clinician.facts.openings
    counted_on = max((one.as_of_on for one in fresh), default=dt.date.min)
    if folder is None or not folder.fresh(today) or folder.on <= counted_on:
        return fresh
    return (Room(clinician.slug, folder.count, folder.on, folder.first_available_on),)


def figure_of(clinician: Clinician, board: Sequence[Room], today: dt.date) -> Figure:
    """One number for the public; first available is a day from today on, or None."""
    rooms = current_rooms(clinician, board, today)
    if not rooms:
        was_counted = clinician.facts.openings is not None or any(
            one.clinician == clinician.slug for one in board
        )
        return Figure(clinician.slug, None, None, None, is_stale=was_counted)
    days = (one.first_available_on for one in rooms if one.count and one.first_available_on)
    return Figure(
        clinician=clinician.slug,
        count=sum(one.count for one in rooms),
        first_available_on=min((day for day in days if day >= today), default=None),
        as_of_on=min(one.as_of_on for one in rooms),
        is_stale=False,
        is_from_folder=rooms[0] not in board,
    )


def suggest_inside(
    practice: Practice, board: Sequence[Room], need: Need, today: dt.date
) -> tuple[Suggestion, ...]:
    """Who fits by age, language and plan and has room: most reasons matched first, then soonest.

    A reason that no list of the practice has speaks against nobody; one that is on a colleague's
    list and not on a clinician's does.
    """
    found = [
        suggestion
        for clinician in practice.clinicians
        if (suggestion := _suggest(practice, clinician, board, need, today))
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.fits), _soonest(one, today))))


def _suggest(
    practice: Practice, clinician: Clinician, board: Sequence[Room], need: Need, today: dt.date
) -> Suggestion | None:
    lists = weigh_fit(clinician, reasons=need.reasons, age_band=need.age_band)
    said = tuple(one.text for one in lists.refer_when if one.was_said)
    if lists.cautions or (not said and _is_on_a_list(practice, need)):
        return None
    network, listed = look_up_plan(need.plan, practice.insurance.plans)
    rooms = tuple(
        one
        for one in current_rooms(clinician, board, today)
        if one.count and _speaks(clinician, one, need.language) and _takes(one, need.plan)
    )
    if network is Network.OUT or not rooms:
        return None
    asks = (f"Their plan: your list has {listed}.",) if network is Network.NEAR else ()
    return Suggestion(clinician, rooms, said, asks)


def _is_on_a_list(practice: Practice, need: Need) -> bool:
    """Whether any reason given is one that somebody in the practice wants to be sent."""
    return any(
        reason.was_said
        for one in practice.clinicians
        for reason in weigh_fit(one, reasons=need.reasons, age_band="").refer_when
    )


def _speaks(clinician: Clinician, room: Room, language: str) -> bool:
    """A room kept for a language is for those who need it, and for who did not say."""
    if not language:
        return True
    spoken = any(same_language(language, tag) for tag in clinician.facts.languages)
    return spoken and (not room.language or same_language(language, room.language))


def _takes(room: Room, plan: str) -> bool:
    if not room.plan or not plan:
        return True
    return look_up_plan(plan, (room.plan,))[0] in {Network.IN, Network.NEAR}


def _soonest(one: Suggestion, today: dt.date) -> tuple[dt.date, str]:
    first = one.first_available_on
    return (max(first, today) if first else dt.date.max, one.clinician.slug)
