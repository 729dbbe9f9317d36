"""One line of the inbox: who, from whom, when it came and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.inbox.words import CAME_BY, FITS, OUTCOMES
from form_server.desk.origin import say_origin
from form_server.desk.referral.clock import Clock, read_clock
from form_server.desk.referral.said import Said
from form_server.desk.referral.tags import Tag, tags_of
from form_server.desk.referral.times import say_moment
from form_server.desk.team.holding import read_holdings
from form_server.ledger import Referral


@dataclass(frozen=True)
class Line:
    """`name` is empty for what does not open, and `why_shut` says why. `inbox` is named for who
    looks into several, and `on_it` says who of several took it."""

    href: str
    name: str
    why_shut: str
    origin: str
    came: str
    clock: Clock
    ending: str
    tags: tuple[Tag, ...]
    inbox: str
    on_it: str = ""


def list_lines(
    desk: Desk, keyring: Keyring, referrals: Sequence[Referral], now: datetime
) -> tuple[Line, ...]:
    held = read_holdings(desk, keyring, referrals)
    lines = (write_line(desk, keyring, one, open_or_none(keyring, one), now) for one in referrals)
    return tuple(
        replace(line, on_it=held[one.id].says if one.id in held else "")
        for one, line in zip(referrals, lines, strict=True)
    )


def open_or_none(keyring: Keyring, referral: Referral) -> Said | None:
    try:
        return keyring.open(referral)
    except Unreadable:
        return None


def write_line(
    desk: Desk, keyring: Keyring, referral: Referral, said: Said | None, now: datetime
) -> Line:
    zone = desk.practice().time_zone
    several = len(keyring.inbox_ids) > 1
    by_hand = f"{CAME_BY[referral.came_by]}, " if referral.came_by else ""
    return Line(
        href=url_for("desk.show_referral", referral_id=referral.id),
        name=(said.patient_name or "No name given") if said else "",
        why_shut="" if said else _why_shut(referral),
        origin=say_origin(said) if said else f"Receipt {referral.receipt}",
        came=f"{by_hand}{say_moment(referral.received_at, now, zone)}",
        clock=read_clock(referral, now, zone),
        ending=OUTCOMES[referral.outcome] if referral.outcome else "",
        tags=(*tags_of(referral), *_fit_tag(referral)),
        inbox=desk.ledger.inboxes.get(referral.inbox_id).name if several else "",
    )


def _why_shut(referral: Referral) -> str:
    is_purged = referral.closed_at is not None and not referral.envelope
    return "No longer kept" if is_purged else "Cannot be opened"


def _fit_tag(referral: Referral) -> tuple[Tag, ...]:
    return (Tag(f"Fit: {FITS[referral.fit].lower()}", "quiet"),) if referral.fit else ()
