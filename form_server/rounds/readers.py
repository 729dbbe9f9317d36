"""Who could be sent a newsletter: offices and their people, with when they agreed or were met."""

from __future__ import annotations

from collections.abc import Iterator

from form_server.rounds.survey import Survey
from outreach_kit.outreach.newsletter import Reader


def list_readers(survey: Survey) -> tuple[Reader, ...]:
    """People before the office's own mailbox, by office; friends and directories are none.

    Somebody counts as met where their office was seen: whoever was there met the desk.
    """
    return tuple(_readers(survey))


def _readers(survey: Survey) -> Iterator[Reader]:
    people = survey.ledger.address_book.people()
    for one in survey.standings:
        facts = one.card.facts
        if facts.kind.is_private:
            continue
        met_on = one.last.met_on if one.last else None
        for person in people.get(one.code, ()):
            yield Reader(
                person.name,
                person.facts.email,
                facts.audience,
                one.code,
                person.facts.agreed_on or facts.agreed_on,
                met_on,
            )
        yield Reader(one.name, facts.email, facts.audience, one.code, facts.agreed_on, met_on)
