"""The short notes of `practice.toml` that patients read: each with the key at which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outreach_kit.practice.lines import Key

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice


def notes_in(practice: Practice) -> Iterator[tuple[Key, str]]:
    """What a first call and visit say in the practice's own words, without what is left empty."""
    address, sites, payment = practice.address, practice.facts.sites, practice.payment
    notes: tuple[tuple[Key, str | None], ...] = (
        (("booking", "note"), practice.booking.note),
        *((("fees", place, "note"), fee.note) for place, fee in enumerate(practice.fees)),
        (("insurance", "note"), practice.insurance.note),
        (("payment", "due"), payment.due),
        (("payment", "cancellation"), payment.cancellation),
        (("address", "parking"), address.parking),
        (("address", "access"), address.access),
        *((("sites", place, "parking"), site.parking) for place, site in enumerate(sites)),
        *((("sites", place, "access"), site.access) for place, site in enumerate(sites)),
    )
    yield from ((key, text) for key, text in notes if text)
