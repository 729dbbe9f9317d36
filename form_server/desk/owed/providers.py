"""Who is asked what is owed, in the order of the page.

A room that owes something of its own adds its provider here.
"""

from __future__ import annotations

import logging
from typing import Final

from flask import url_for

from form_server.desk.newsletter.due import owed_newsletter
from form_server.desk.owed.estimates import owed_estimates
from form_server.desk.owed.item import OwedItem, Provider, Sight
from form_server.desk.owed.tries import owed_tries
from form_server.desk.rounds.owed import owed_stock, owed_visits
from form_server.desk.team.due import owed_waiting
from form_server.desk.thanks.owed import owed_thanks
from form_server.ledger import RowDamaged

log = logging.getLogger(__name__)

OWED: Final[tuple[Provider, ...]] = (
    owed_tries,
    owed_waiting,
    owed_estimates,
    owed_thanks,
    owed_newsletter,
    owed_visits,
    owed_stock,
)


def _ask(provider: Provider, sight: Sight) -> OwedItem | None:
    """What one kind of work cannot say for a damaged row keeps nobody who waits off the page."""
    try:
        return provider(sight)
    except (RowDamaged, ValueError) as error:
        log.error("%s cannot be told: %s", provider.__name__, type(error).__name__)
        return OwedItem("Part of what is owed cannot be read: have doctor run", _health(), True)


def _health() -> str:
    return url_for("desk.show_health")


def find_owed(sight: Sight) -> tuple[OwedItem, ...]:
    """What is late first, otherwise in the order of the providers."""
    found = [item for provider in OWED if (item := _ask(provider, sight)) is not None]
    return tuple(sorted(found, key=lambda item: not item.is_late))
