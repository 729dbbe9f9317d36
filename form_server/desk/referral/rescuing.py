"""The notices that a referral should have had at once, written when somebody says that it is real."""

from __future__ import annotations

from form_server.clockwork import PauseLinks, Roster, Writer
from form_server.desk.console import Desk
from form_server.desk.referral.said import Said
from form_server.ledger import DeliveryKind, NewDelivery, Referral
from form_server.parcels import NoticeParcel


def write_notices(desk: Desk, referral: Referral, said: Said | None) -> list[NewDelivery]:
    """One on each channel of who is told first; `said` is None for what does not open.

    A notice, also where whole referrals are sent: somebody has just read this one.
    """
    now, practice, ledger = desk.clock(), desk.practice(), desk.ledger
    links = PauseLinks(desk.server_key, desk.public_url)
    writer = Writer(desk.server_key, desk.public_url, desk.mail_domain, ledger.new_id, links)
    duty = Roster(practice, ledger).for_inbox(ledger.inboxes.get(referral.inbox_id), now)
    office = None if said is None or said.from_patient else said.referrer
    source = ledger.sources.get(referral.source) if referral.source else None
    by_code = source.name if source and office else ""
    parcel = NoticeParcel(
        practice_name=practice.name,
        receipt=referral.receipt,
        received_at=referral.received_at,
        promised_by=referral.promised_by,
        time_zone=practice.identity.time_zone,
        desk_url=writer.desk_url(referral.id),
        office_name=(office.office or by_code) if office else "",
        office_phone=office.phone.typed if office else "",
        office_phone_uri=office.phone.tel if office else "",
    )
    return [
        writer.write(
            parcel, DeliveryKind.NOTICE, one.channel, one.address, now, referral.id, with_pause=True
        )
        for one in duty.chain.first
    ]
