"""The messages that a referral is written with: a notice on each channel, an acknowledgement, the clock."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.admitting import write_token
from form_server.clockwork import Duty, PauseLinks
from form_server.ledger import (
    Channel,
    Claimed,
    DeliveryKind,
    Handed,
    Ledger,
    NewDelivery,
    NewReferral,
    Rationed,
    Recipient,
    Referral,
    clock_row,
)
from form_server.office.daily_key import DailyKey
from form_server.office.sending import acknowledgement_of, notice_of, whole_of
from form_server.office.submission import Kind, Submission
from form_server.parcels import Parcel, parcel_to_bytes
from form_server.slips import Slip
from form_server.vault import ServerKey
from outreach_kit.practice import Practice
from outreach_kit.promise import first_check_at
from outreach_kit.web import folder_of

_ACKNOWLEDGED_A_DAY: Final = 3
_DAYS_COUNTED: Final = timedelta(days=2)  # longer than the day whose key the count stands under


@dataclass(frozen=True)
class Outgoing:
    """How deliveries leave: `base_url` for links, `mail_domain` for their Message-IDs."""

    base_url: str
    mail_domain: str
    is_whole: Callable[[], bool]
    """Whether a referral that comes in now goes out by mail with all that it says."""
    can_mail: bool = True
    sends_receipts: Callable[[], bool] = lambda: True
    """Whether an office that gave an address is mailed its receipt."""


@dataclass(frozen=True)
class Written:
    """Rows for a referral's commit; those that a waiting lane holds from the first are `handed` to it."""

    rows: tuple[NewDelivery, ...]
    handed: tuple[Handed, ...] = ()

    def follow_up(self, ledger: Ledger, *, wakes: bool = False) -> None:
        """Once the office has its answer: what is held is handed over, and the rest called for.

        `wakes` says that more was written with it.
        """
        for one in self.handed:
            ledger.idle_lanes.give(one)
        held = {one.claimed.id for one in self.handed}
        if wakes or any(
            row.kind is not DeliveryKind.CLOCK and row.id not in held for row in self.rows
        ):
            ledger.wake.set()


class Notices:
    """Safe to share between threads."""

    def __init__(
        self,
        practice: Practice,
        ledger: Ledger,
        server_key: ServerKey,
        daily_key: DailyKey,
        outgoing: Outgoing,
        pause_links: PauseLinks,
    ) -> None:
        self._practice = practice
        self._ledger = ledger
        self._server_key = server_key
        self._daily_key = daily_key
        self._outgoing = outgoing
        self._pause_links = pause_links

    def write(
        self,
        submission: Submission,
        referral: NewReferral,
        duty: Duty,
        office_name: str,
        slip: Slip,
    ) -> Written:
        """A notice on each channel of who is told first, and the clock that tells the others.

        The first one has its names from the slip. The whole referral goes by mail alone.
        """
        rows = [clock_row(referral.id, first_check_at(referral.received_at, duty.calendar))]
        handed: list[Handed] = []
        delivery_id, pause_url = slip.notice_id, slip.pause_url
        for index, recipient in enumerate(duty.chain.first):
            if index:
                delivery_id = self._ledger.new_id()
                pause_url = self._pause_links.link(delivery_id)
            notice = notice_of(
                submission,
                self._practice,
                receipt=referral.receipt,
                received_at=referral.received_at,
                promised_by=referral.promised_by,
                desk_url=f"{self._outgoing.base_url}/desk/referrals/{referral.id}",
                pause_url=pause_url,
                office_name=office_name,
            )
            by_mail = recipient.channel is Channel.EMAIL
            is_whole = by_mail and self._outgoing.is_whole()
            parcel = whole_of(submission, notice) if is_whole else notice
            row, over = self._row(delivery_id, recipient, referral, parcel)
            rows.append(row)
            handed += over
        return Written(tuple(rows), tuple(handed))

    def acknowledgement(
        self, submission: Submission, referral: NewReferral, token: bytes
    ) -> Rationed | None:
        """For an office that gave an address."""
        address = submission.referrer_email
        if not address or submission.kind is not Kind.OFFICE:
            return None
        language = submission.page_language
        return self.acknowledge(referral, address, token, referral.received_at, language)

    def acknowledge(
        self,
        referral: NewReferral | Referral,
        address: str,
        token: bytes,
        now: datetime,
        language: str = "",
    ) -> Rationed | None:
        """The same at any time; none where no mail goes out, or no receipts.

        `language` is that of the page on which the form was filled in, as far as that is known.
        """
        if not self._outgoing.can_mail or not self._outgoing.sends_receipts():
            return None
        practice = self._practice
        if language in practice.languages:
            practice = practice.in_language(language)
        status = f"{folder_of(practice, practice.language)}/status/{write_token(token)}"
        parcel = acknowledgement_of(
            practice,
            receipt=referral.receipt,
            received_at=referral.received_at,
            promised_by=referral.promised_by,
            status_url=f"{self._outgoing.base_url}{status}",
            is_late=referral.promised_by <= now,
        )
        delivery_id = self._ledger.new_id()
        delivery = NewDelivery(
            id=delivery_id,
            kind=DeliveryKind.ACKNOWLEDGEMENT,
            channel=Channel.EMAIL,
            address=address,
            referral_id=referral.id,
            due_at=now,
            parcel=self._seal(parcel, delivery_id),
            message_id=f"<{delivery_id}@{self._outgoing.mail_domain}>",
        )
        whose = b"acknowledgement\0" + address.casefold().encode()
        return Rationed(
            delivery,
            name=hmac.digest(self._daily_key.get(), whose, "sha256"),
            limit=_ACKNOWLEDGED_A_DAY,
            expires_at=now + _DAYS_COUNTED,
        )

    def _row(
        self, delivery_id: str, to: Recipient, referral: NewReferral, parcel: Parcel
    ) -> tuple[NewDelivery, Sequence[Handed]]:
        """The row, and what goes to the lane when one waits for it."""
        ticket = self._ledger.idle_lanes.ticket(to.channel)
        row = NewDelivery(
            id=delivery_id,
            kind=DeliveryKind.NOTICE,
            channel=to.channel,
            address=to.address,
            referral_id=referral.id,
            due_at=referral.received_at,
            parcel=self._seal(parcel, delivery_id),
            message_id=f"<{delivery_id}@{self._outgoing.mail_domain}>",
            held_by=ticket.owner if ticket else None,
        )
        if ticket is None:
            return row, ()
        claimed = Claimed(
            id=row.id,
            kind=row.kind,
            channel=row.channel,
            address=row.address,
            referral_id=row.referral_id,
            due_at=row.due_at,
            created_at=row.due_at,
            attempts=1,
            owner=ticket.owner,
            parcel=row.parcel,
            message_id=row.message_id,
            last_error=None,
        )
        return row, (Handed(ticket, claimed, parcel),)

    def _seal(self, parcel: Parcel, delivery_id: str) -> bytes:
        return self._server_key.seal(parcel_to_bytes(parcel), "parcel", delivery_id)
