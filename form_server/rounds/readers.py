"""Who could be sent a newsletter: offices and their people, with when they agreed or were met."""

from __future__ import annotations

from collections.abc import Iterator

from form_server.ledger import Ledger
from outreach_kit.outreach.newsletter import Reader


def list_readers(ledger: Ledger) -> tuple[Reader, ...]:
    """People before the office's own mailbox, by office; friends and directories are none.

    Somebody counts as met where their office was seen: whoever was there met the desk. In three
    queries, whatever their number.
    """
    return tuple(_readers(ledger))


def _readers(ledger: Ledger) -> Iterator[Reader]:
    people = ledger.address_book.people()
    contacts = ledger.visits.last_contacts()
    for card in ledger.address_book.all():
        facts = card.facts
        if facts.kind.is_private:
            continue
        last = contacts.get(card.code)
        met_on = last.met_on if last else None
        for one in people.get(card.code, ()):
            yield Reader(
                one.name,
                one.facts.email,
                facts.audience,
                card.code,
                one.facts.agreed_on or facts.agreed_on,
                met_on,
                one.id,
            )
        yield Reader(card.name, facts.email, facts.audience, card.code, facts.agreed_on, met_on)
