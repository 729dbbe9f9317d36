"""Whose turn it is on the waitlist, from what each of them said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.referral.said import Said
from form_server.desk.team.board_rows import read_board
from form_server.desk.team.waiting_words import need_of
from form_server.ledger import Waiting
from outreach_kit.outreach.capacity import Need
from outreach_kit.outreach.turns import Waiter, plan_offers


def open_all(keyring: Keyring, listed: Sequence[Waiting]) -> dict[str, Said | None]:
    """What each said, by referral; None where it does not open."""
    return {one.referral.id: _open(keyring, one) for one in listed}


def find_offers(
    desk: Desk, listed: Sequence[Waiting], said: Mapping[str, Said | None]
) -> dict[str, tuple[str, ...]]:
    """Clinicians with room, by referral: only for those whose turn it is.

    What does not open is offered nothing, and keeps its place.
    """
    waiters = [_waiter(one, said[one.referral.id]) for one in listed if said[one.referral.id]]
    today = desk.practice().today(desk.clock())
    return plan_offers(desk.practice(), read_board(desk), waiters, today)


def _waiter(one: Waiting, said: Said | None) -> Waiter:
    return Waiter(
        id=one.referral.id,
        need=need_of(said) if said else Need(),
        clinician=one.place.clinician or "",
        offered=one.place.offered or "",
    )


def _open(keyring: Keyring, one: Waiting) -> Said | None:
    try:
        return keyring.open(one.referral)
    except Unreadable:
        return None
