"""Who could be sent a newsletter: offices and their people, with when they agreed or were met."""

from __future__ import annotations

from collections.abc import Iterator

from form_server.ledger import Ledger
from outreach_kit.outreach.newsletter import Reader


def list_readers(ledger: Ledger, usual_audience: str = "") -> tuple[Reader, ...]:
    """People before the office's own mailbox, by office; friends and directories are none.

    Somebody counts as met where their office was seen: whoever was there met the desk. An office of
    which no audience is known is of the usual one. In three queries, whatever their number.
    """
    return tuple(_readers(ledger, usual_audience))


def _readers(ledger: Ledger, usual_audience: str) -> Iterator[Reader]:
    people = ledger.address_book.people()
    contacts = ledger.visits.last_contacts()
    for card in ledger.address_book.all():
        facts = card.facts
        if facts.kind.is_private:
            continue
        audience = facts.audience or usual_audience
        last = contacts.get(card.code)
        met_on = last.met_on if last else None
        for one in people.get(card.code, ()):
            yield Reader(
                one.name,
                one.facts.email,
                audience,
                card.code,
                one.facts.agreed_on or facts.agreed_on,
                met_on,
                one.id,
            )
        yield Reader(card.name, facts.email, audience, card.code, facts.agreed_on, met_on)
