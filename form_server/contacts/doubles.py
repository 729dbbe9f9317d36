"""Two entries for one office among those that are here, and one made of the facts of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from form_server.contacts.same import KnownOffices
from form_server.ledger import SourceCard, SourceFacts

_KEPT_AS_IS = frozenset({"kind", "public_poster", "rests", "takes_gifts"})


def find_doubles(cards: Iterable[SourceCard]) -> tuple[tuple[SourceCard, SourceCard], ...]:
    """Pairs, the older one first; of three that are one office, two pairs with the oldest."""
    known, by_code, found = KnownOffices(), {}, []
    for card in sorted(cards, key=lambda one: (one.created_at, one.code)):
        facts = vars(card.facts)
        same = known.find(facts)
        if same is None:
            known.add(card.code, facts)
            by_code[card.code] = card
        else:
            found.append((by_code[same], card))
    return tuple(found)


def unite(kept: SourceFacts, gone: SourceFacts) -> SourceFacts:
    """What one leaves empty the other fills; where both say something, `kept` has the word.

    Degrees come from one of the two, never half from each. Who agreed to a newsletter did so on the
    earlier day.
    """
    values: dict[str, Any] = {}
    for one in fields(SourceFacts):
        mine, theirs = getattr(kept, one.name), getattr(gone, one.name)
        is_empty = mine in (None, "", ()) and one.name not in _KEPT_AS_IS
        values[one.name] = theirs if is_empty else mine
    if kept.latitude is None:
        values |= {"latitude": gone.latitude, "longitude": gone.longitude}
    agreed = [day for day in (kept.agreed_on, gone.agreed_on) if day]
    return replace(kept, **{**values, "agreed_on": min(agreed, default=None)})
