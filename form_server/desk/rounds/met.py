"""Whom a visit met, by the ids that its form sent: the list may have changed while it was filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from form_server.contacts import same_people
from form_server.ledger import SourcePerson
from form_server.ledger.address_book import AddressBook

_MOST: Final = 100


def read_met(
    book: AddressBook, code: str, there: Sequence[SourcePerson], sent: Iterable[str]
) -> tuple[str, ...]:
    """Those who are at the office, or were: who became one with somebody there counts as that one, and
    who was taken off the list was met all the same."""
    ids = list(dict.fromkeys(sent))[:_MOST]
    here = {one.id for one in there}
    missing = [one for one in ids if one not in here]
    left = [one for one in book.named(missing).values() if one.source == code] if missing else []
    known = {one.id: one.id for one in left} | {key: key for key in here}
    known |= {twice: one for twice, (one, _) in same_people(there, left).items()}
    return tuple(dict.fromkeys(known[one] for one in ids if one in known))
