"""Where a referral can go, and where it came from."""

from __future__ import annotations

from form_server.desk.console import Desk
from form_server.ledger import Inbox, Referral


def other_inboxes(desk: Desk, referral: Referral) -> tuple[Inbox, ...]:
    """Where an open referral can go."""
    if referral.closed_at is not None:
        return ()
    return tuple(one for one in desk.ledger.inboxes.all() if one.id != referral.inbox_id)


def came_from(desk: Desk, referral: Referral) -> Inbox | None:
    """The inbox that the last handover brought it from, while it still lies where that put it."""
    way = desk.ledger.handovers.of(referral.id)
    if not way or way[-1].to_inbox_id != referral.inbox_id:
        return None
    inboxes = {one.id: one for one in desk.ledger.inboxes.all()}
    return inboxes.get(way[-1].from_inbox_id)
