"""Looking for one patient through what the user may open, a bounded stretch at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.patients.matching import Likeness
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.said import Said
from form_server.ledger import NotFound, Referral
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.walking import Stand, stand_at

STRETCH: Final = 1000
"""So many are opened for one question: well under a second, and the memory of one page."""
MOST_FOUND: Final = 50
MOST_TOGETHER: Final = 20
_PAGE: Final = 100
_STAND: Final = re.compile(r"([0-9]{1,17})\.([0-9a-z]{20,40})")
_MARKS: Final = re.compile(r"[0-9a-z]{20,40}(?:-[0-9a-z]{20,40})*")


@dataclass(frozen=True)
class Found:
    """A referral that may be theirs."""

    referral: Referral
    said: Said


@dataclass(frozen=True)
class Look:
    """`last` is the oldest that was looked at; `further` says that older ones are left."""

    found: tuple[Found, ...]
    opened: int
    last: Referral | None
    further: Stand | None


def look_for(
    desk: Desk, keyring: Keyring, likeness: Likeness, *, before: Stand | None = None
) -> Look:
    """The newest stretch, or the next one behind `before`; what does not open is passed over."""
    found: list[Found] = []
    opened, last = 0, None
    for page in desk.ledger.walking.pages(keyring.inbox_ids, before=before, limit=_PAGE):
        for one in page:
            opened, last = opened + 1, one
            said = open_or_none(keyring, one)
            if said is not None and likeness.fits(said):
                found.append(Found(one, said))
        if opened >= STRETCH or len(found) >= MOST_FOUND:
            break
    left = last is not None and desk.ledger.walking.page(
        keyring.inbox_ids, before=stand_at(last), limit=1
    )
    return Look(tuple(found), opened, last, stand_at(last) if last and left else None)


def open_or_none(keyring: Keyring, referral: Referral) -> Said | None:
    try:
        return keyring.open(referral)
    except Unreadable:
        return None


def referrals_of(desk: Desk, keyring: Keyring, marks: str) -> list[Referral]:
    """Those that an address names, newest first; raises NotFound if any is not the user's."""
    if not _MARKS.fullmatch(marks):
        raise NotFound("patient", marks[:40])
    ids = list(dict.fromkeys(marks.split("-")))
    if len(ids) > MOST_TOGETHER:
        raise NotFound("patient", marks[:40])
    found = [referral_of(desk, keyring, one) for one in ids]
    return sorted(found, key=lambda one: (one.received_at, one.id), reverse=True)


def write_marks(referrals: Sequence[Referral]) -> str:
    """How an address names them: by their ids, which say nothing of anybody."""
    return "-".join(one.id for one in referrals)


def parse_stand(text: str) -> Stand | None:
    found = _STAND.fullmatch(text)
    return Stand(from_micros(int(found[1])), found[2]) if found else None


def write_stand(stand: Stand) -> str:
    return f"{to_micros(stand.received_at)}.{stand.id}"
