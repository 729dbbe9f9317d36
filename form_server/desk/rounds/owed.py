"""What Today says of offices: how many are due, and how many run low."""

from __future__ import annotations

from flask import g, url_for

from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.rounds.wording import say_count
from form_server.rounds import RoundsDue


def owed_visits(sight: Sight) -> OwedItem | None:
    """Late once one of them is forgotten: until then any day of the week will do."""
    found = _find(sight)
    if not found.due:
        return None
    text = f"{say_count(found.due, 'office is', 'offices are')} due a visit"
    if found.forgotten:
        text += f", {found.forgotten} not seen for six months"
    return OwedItem(text, url_for("desk.show_outreach"), is_late=bool(found.forgotten))


def owed_stock(sight: Sight) -> OwedItem | None:
    found = _find(sight)
    if not found.low:
        return None
    text = f"{say_count(found.low, 'office runs', 'offices run')} low on cards, brochures or pads"
    return OwedItem(text, url_for("desk.show_stock"))


def _find(sight: Sight) -> RoundsDue:
    """Once a request, for both."""
    found: RoundsDue | None = g.get("rounds_due")
    if found is None:
        desk = sight.desk
        found = desk.rounds_due(desk.ledger, desk.practice(), sight.keyring.inbox_ids, sight.now)
        g.rounds_due = found
    return found
