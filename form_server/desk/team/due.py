"""Word that is due to people on the waitlist, for the first page."""

from __future__ import annotations

from flask import url_for

from form_server.desk.owed.item import OwedItem, Sight


def owed_waiting(sight: Sight) -> OwedItem | None:
    ledger, inbox_ids = sight.desk.ledger, sight.keyring.inbox_ids
    due = ledger.waitlist.due(inbox_ids, sight.today)
    if not due:
        return None
    who = "1 person on the waitlist is" if due == 1 else f"{due} people on the waitlist are"
    return OwedItem(f"{who} to hear from you", url_for("desk.show_waitlist"))
