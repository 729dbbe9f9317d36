"""Whose turn it is when something opens: in the order of the waitlist, to whom it suits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from outreach_kit.frozen import frozen
from outreach_kit.outreach.capacity import Need, Room, current_rooms, suggest_inside
from outreach_kit.practice import Practice


@frozen
class Waiter:
    """Somebody on the list, as far as an offer needs to know; `clinician` is a slug, or empty.

    `offered` is the slug of who had room when it was offered, or empty.
    """

    id: str
    need: Need
    clinician: str = ""
    offered: str = ""


def plan_offers(
    practice: Practice, board: Sequence[Room], waiters: Sequence[Waiter], today: dt.date
) -> dict[str, tuple[str, ...]]:
    """Who may be offered room with whom, by waiter: clinicians' slugs, the best first.

    Each opening is thought of once, for the first in order whom it suits. What was offered already
    is spoken for, whatever its place, until they say yes or no.
    """
    left = {
        room: room.count
        for clinician in practice.clinicians
        for room in current_rooms(clinician, board, today)
    }
    for slug in (one.offered for one in waiters if one.offered):
        _take([room for room in left if room.clinician == slug], left)
    offers: dict[str, tuple[str, ...]] = {}
    for one in (waiter for waiter in waiters if not waiter.offered):
        free = {
            suggestion.clinician.slug: [room for room in suggestion.rooms if left[room]]
            for suggestion in suggest_inside(practice, board, one.need, today)
            if one.clinician in {"", suggestion.clinician.slug}
        }
        slugs = tuple(slug for slug, rooms in free.items() if rooms)
        if slugs:
            _take(free[slugs[0]], left)
            offers[one.id] = slugs
    return offers


def _take(rooms: Sequence[Room], left: dict[Room, int]) -> None:
    """One place, from the room that suits the fewest: who has no choice keeps a chance."""
    narrow_first = sorted(rooms, key=lambda one: -sum(map(bool, (one.language, one.plan))))
    room = next((one for one in narrow_first if left[one]), None)
    if room is not None:
        left[room] -= 1
