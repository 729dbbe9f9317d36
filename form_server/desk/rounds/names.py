"""Whether what was heard at an office names one of the patients whom it sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from form_server.desk.entry.keyring import Unreadable
from form_server.desk.rounds.seen import Seen
from form_server.ledger import Sieve
from outreach_kit.outreach.name_check import find_names

_LOOKED_BACK: Final = timedelta(days=365)
_MOST: Final = 200
"""Opening that many takes a twentieth of a second."""


def named_patients(seen: Seen, code: str, words: str) -> tuple[str, ...]:
    """The words that are a patient's name, among those whom the user may open, of the last year."""
    if not words:
        return ()
    sieve = Sieve(tuple(seen.keyring.inbox_ids), source=code, since=seen.now - _LOOKED_BACK)
    listed = seen.desk.ledger.listing.page(sieve, seen.now, limit=_MOST)
    names = []
    for one in listed.referrals:
        try:
            said = seen.keyring.open(one)
        except Unreadable:
            continue
        names += [said.patient_name, said.guardian_name]
    return find_names(words, [name for name in names if name])
