"""Thank-yous: a card for every referral, whatever became of it, written in a batch.

A batch tells nobody when a patient came. Cards name no patient and no outcome.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.page import go_to
from form_server.ledger import ThanksOwed

_THANKED: Final = re.compile(r"([0-9a-zA-Z]{1,40}) (.{0,64})")
_MOST: Final = 500


@dataclass(frozen=True)
class ThanksRow:
    """`value` comes back when the box is ticked: how far, and whom."""

    value: str
    name: str
    count: str


def owed_thanks(sight: Sight) -> OwedItem | None:
    owed = sight.desk.ledger.owing.thanks(sight.keyring.inbox_ids)
    if not owed:
        return None
    count = sum(one.count for one in owed)
    what = "1 thank-you is" if count == 1 else f"{count} thank-yous are"
    named = sum(bool(one.source) for one in owed)
    whom = f", to {named} source{'' if named == 1 else 's'}" if named and len(owed) == named else ""
    return OwedItem(f"{what} owed{whom}", f"{url_for('desk.show_owed')}#thanks")


def list_thanks(sight: Sight) -> tuple[ThanksRow, ...]:
    return tuple(_row(one) for one in sight.desk.ledger.owing.thanks(sight.keyring.inbox_ids))


def mark_thanked() -> Response:
    """Marks the ticked sources, for what the page showed of each."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    found = [_THANKED.fullmatch(text) for text in request.form.getlist("thanked")[:_MOST]]
    ticked = [(one[2], one[1]) for one in found if one]
    marked = desk.ledger.owing.thank(ticked, keyring.inbox_ids, actor=user.actor)
    done = "thanked" if marked else "nobody"
    return go_to(url_for("desk.show_owed", done=done))


def _row(one: ThanksOwed) -> ThanksRow:
    return ThanksRow(
        value=f"{one.through_id} {one.source}",
        name=one.name or "Offices without a code of yours",
        count="1 referral" if one.count == 1 else f"{one.count} referrals",
    )
