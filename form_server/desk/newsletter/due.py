"""What a newsletter asks of somebody: copies that may have arrived, and are not repeated by themselves."""

from __future__ import annotations

from flask import url_for

from form_server.desk.newsletter.wording import count_of
from form_server.desk.owed.item import OwedItem, Sight


def owed_newsletter(sight: Sight) -> OwedItem | None:
    doubtful = sight.desk.ledger.newsletters.count_in_doubt()
    if not doubtful:
        return None
    copies = count_of(doubtful, "newsletter copy", "newsletter copies")
    return OwedItem(f"{copies} may not have arrived", url_for("desk.show_newsletter"))
