"""What Today says of thank-yous: nothing while they gather, then the day on which they go out."""

from __future__ import annotations

from flask import url_for

from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.referral.times import by_day, say_day
from form_server.desk.thanks.batch import find_lying, mail_on
from form_server.rounds import made_before
from outreach_kit.outreach.thanks import batch_to_make


def owed_thanks(sight: Sight) -> OwedItem | None:
    """Cards to make come before cards to mail: they may go in one walk to the post."""
    ledger, today = sight.desk.ledger, sight.today
    before = made_before(sight.desk.practice(), sight.now)
    href = url_for("desk.show_thanks")
    if to_make := len(ledger.thank_yous.to_print(sight.keyring.inbox_ids, before)):
        on = batch_to_make(today)
        cards = "1 thank-you card" if to_make == 1 else f"{to_make} thank-you cards"
        was = "was" if to_make == 1 else "were"
        late = f"{cards} {was} due {say_day(on, today)}"
        text = late if on < today else f"{cards} to make {by_day(say_day(on, today))}"
        return OwedItem(text, href, is_late=on < today)
    if lying := find_lying(sight):
        on = min(mail_on(one, sight) for one in lying)
        cards = "1 thank-you card" if len(lying) == 1 else f"{len(lying)} thank-you cards"
        late = f"{cards} {'lies' if len(lying) == 1 else 'lie'} here since {say_day(on, today)}"
        text = late if on < today else f"{cards} to mail {by_day(say_day(on, today))}"
        return OwedItem(text, href, is_late=on < today)
    return None
