"""The notice that somebody gets to whom a referral is handed or given: no patient, no office."""

from __future__ import annotations

from form_server.clockwork import PauseLinks, Roster, Writer
from form_server.desk.console import Desk
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.team.crew import short_name
from form_server.ledger import Channel, DeliveryKind, NewDelivery, Recipient, Referral, User
from form_server.parcels import NoticeParcel


def write_handover(
    desk: Desk, user: SignedIn, referral: Referral, inbox_id: str, *, only: User | None = None
) -> list[NewDelivery]:
    """For who is told first in the inbox, or for one person on each of their own channels."""
    now, practice, ledger = desk.clock(), desk.practice(), desk.ledger
    links = PauseLinks(desk.server_key, desk.public_url)
    writer = Writer(desk.server_key, desk.public_url, desk.mail_domain, ledger.new_id, links)
    is_answered = referral.first_contact_at is not None
    parcel = NoticeParcel(
        practice_name=practice.name,
        receipt=referral.receipt,
        received_at=referral.received_at,
        promised_by=referral.promised_by,
        time_zone=practice.identity.time_zone,
        desk_url=writer.desk_url(referral.id),
        handed_by=short_name(user.user),
        is_answered=is_answered,
    )
    return [
        writer.write(
            parcel,
            DeliveryKind.NOTICE,
            one.channel,
            one.address,
            now,
            referral.id,
            with_pause=not is_answered,
        )
        for one in (_own(desk, inbox_id, only) if only else _first(desk, inbox_id))
    ]


def _first(desk: Desk, inbox_id: str) -> tuple[Recipient, ...]:
    inbox = desk.ledger.inboxes.get(inbox_id)
    return Roster(desk.practice(), desk.ledger).for_inbox(inbox, desk.clock()).chain.first


def _own(desk: Desk, inbox_id: str, whom: User) -> tuple[Recipient, ...]:
    """Their own channels in this inbox; their sign-in address where they have none."""
    there = desk.ledger.inboxes.recipients(inbox_id)
    own = tuple(one for one in there if one.user_id == whom.id)
    return own or (Recipient("own", inbox_id, Channel.EMAIL, whom.email, 0, whom.id),)
