"""In which order people are shown: who has room first, and beyond that nobody is favoured."""

from __future__ import annotations

import datetime as dt
import hashlib


def fair_key(slug: str, today: dt.date, *, has_room: bool) -> tuple[bool, str]:
    """Sorts those with fresh openings first, and shuffles within each part anew every month.

    By name the same few would stand first for ever, and by chance the page would look different at
    each visit. A digest of the month and the slug gives all a turn and stays as it is for weeks, in
    every language and on every page.
    """
    turn = f"{today:%Y-%m} {slug}".encode()
    return not has_room, hashlib.sha256(turn).hexdigest()
