"""Two entries for one office among those that are here, and one made of the facts of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from form_server.contacts.same import KnownOffices, plain_name, share_a_word
from form_server.ledger import PersonFacts, SourceCard, SourceFacts, SourcePerson

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


def same_people(
    kept: Iterable[SourcePerson], gone: Iterable[SourcePerson]
) -> dict[str, tuple[str, PersonFacts]]:
    """Who of `gone` is among `kept`, by id: as whom, and what is known of them in all."""
    there = {one.id: one.facts for one in kept}
    found: dict[str, tuple[str, PersonFacts]] = {}
    for one in gone:
        same = next((key for key, facts in there.items() if _is_one(facts, one.facts)), None)
        if same is not None:
            there[same] = _fill(there[same], one.facts)
            found[one.id] = same, there[same]
    return found


def _is_one(one: PersonFacts, other: PersonFacts) -> bool:
    if plain_name(one.name) == plain_name(other.name):
        return True
    has_one_mailbox = one.email and one.email.casefold() == other.email.casefold()
    return bool(has_one_mailbox) and share_a_word(one.name, other.name)


def _fill(kept: PersonFacts, gone: PersonFacts) -> PersonFacts:
    """What `kept` leaves empty, `gone` says; who agreed to a newsletter did so on the earlier day."""
    said = {one.name: getattr(kept, one.name) or getattr(gone, one.name) for one in fields(kept)}
    agreed = [day for day in (kept.agreed_on, gone.agreed_on) if day]
    return replace(kept, **{**said, "agreed_on": min(agreed, default=None)})
