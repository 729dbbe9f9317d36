"""What the printing room needs to know of a source: its sheets' code and words, and its label."""

from __future__ import annotations

from form_server.ledger import SourceCard
from outreach_kit.paper import Source
from outreach_kit.paper.jobs import MAX_SOURCE_NAME
from outreach_kit.publish.request import SourceName


def printed_source(card: SourceCard) -> Source:
    """For one office's sheets; a name that is too long for small type is cut. Raises SourceRefused."""
    return Source(card.code, _short(card.name))


def ordered_source(card: SourceCard) -> SourceName:
    """For an order of many; the audience decides whose words it gets, and is empty for the first."""
    return SourceName(card.code, _short(card.name), card.facts.audience)


def label_lines(card: SourceCard, person: str = "") -> tuple[str, ...]:
    """An address as on an envelope, for `render_labels`; empty where no address is known."""
    facts = card.facts
    state = " ".join(part for part in (facts.region, facts.postal_code) if part)
    town = ", ".join(part for part in (facts.town, state) if part)
    if not (facts.address and town):
        return ()
    return tuple(line for line in (person, card.name, *facts.address, town) if line)


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= MAX_SOURCE_NAME else f"{plain[: MAX_SOURCE_NAME - 1].rstrip()}…"
