"""Who is asked what is owed, in the order of the page.

A room that owes something of its own adds its provider here.
"""

from __future__ import annotations

from typing import Final

from form_server.desk.newsletter.due import owed_newsletter
from form_server.desk.owed.estimates import owed_estimates
from form_server.desk.owed.item import OwedItem, Provider, Sight
from form_server.desk.owed.tries import owed_tries
from form_server.desk.rounds.owed import owed_stock, owed_visits
from form_server.desk.team.due import owed_waiting
from form_server.desk.thanks.owed import owed_thanks

OWED: Final[tuple[Provider, ...]] = (
    owed_tries,
    owed_waiting,
    owed_estimates,
    owed_thanks,
    owed_newsletter,
    owed_visits,
    owed_stock,
)


def find_owed(sight: Sight) -> tuple[OwedItem, ...]:
    """What is late first, otherwise in the order of the providers."""
    found = [item for provider in OWED if (item := provider(sight)) is not None]
    return tuple(sorted(found, key=lambda item: not item.is_late))
