"""The messages that a question is written with: a notice on each channel, a receipt, the clock."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from form_server.admitting import write_token
from form_server.clockwork import Duty, PauseLinks
from form_server.ledger import (
    Channel,
    DeliveryKind,
    Ledger,
    NewDelivery,
    NewQuestion,
    Question,
    Rationed,
    question_clock_row,
)
from form_server.office.asking.asked import Asked
from form_server.office.daily_key import DailyKey
from form_server.office.notices import Outgoing
from form_server.parcels import (
    AcknowledgementParcel,
    NoticeParcel,
    Parcel,
    QuestionParcel,
    parcel_to_bytes,
)
from form_server.vault import ServerKey
from outreach_kit.practice import Practice
from outreach_kit.promise import first_check_at
from outreach_kit.web import folder_of

_RECEIPTS_A_DAY: Final = 3
_DAYS_COUNTED: Final = timedelta(days=2)  # longer than the day whose key the count stands under


class QuestionNotices:
    """Safe to share between threads."""

    def __init__(
        self, ledger: Ledger, server_key: ServerKey, daily_key: DailyKey, outgoing: Outgoing
    ) -> None:
        self._ledger = ledger
        self._server_key = server_key
        self._daily_key = daily_key
        self._outgoing = outgoing
        self._pause_links = PauseLinks(server_key, outgoing.base_url)

    def write(
        self, practice: Practice, asked: Asked, new: NewQuestion, duty: Duty
    ) -> list[NewDelivery]:
        """A notice on each channel of who is told first, and the clock that tells the others.

        What was asked goes by mail alone, and only where whole referrals may.
        """
        notice = self._notice(practice, asked, new)
        rows = [question_clock_row(new.id, first_check_at(new.received_at, duty.calendar))]
        for to in duty.chain.first:
            is_whole = to.channel is Channel.EMAIL and self._outgoing.is_whole()
            delivery_id = self._ledger.new_id()
            own = replace(notice, pause_url=self._pause_links.link(delivery_id))
            parcel = _whole(asked, own) if is_whole else own
            kind, at = DeliveryKind.NOTICE, new.received_at
            rows.append(self._row(delivery_id, kind, to.channel, to.address, new.id, at, parcel))
        return rows

    def acknowledgement(
        self,
        practice: Practice,
        asked: NewQuestion | Question,
        address: str,
        token: bytes,
        now: datetime,
        language: str,
    ) -> Rationed | None:
        """A receipt for whoever gave an address; none where no mail goes out, or no receipts.

        `language` is that of the page on which they asked, and may be anything at all.
        """
        if not (address and self._outgoing.can_mail and self._outgoing.sends_receipts()):
            return None
        if language in practice.languages:
            practice = practice.in_language(language)
        page = f"{folder_of(practice, practice.language)}/asked/{write_token(token)}"
        phone = practice.contact.phone
        parcel = AcknowledgementParcel(
            practice_name=practice.name,
            practice_phone=phone.display,
            practice_phone_uri=phone.href,
            receipt=asked.receipt,
            received_at=asked.received_at,
            promised_by=asked.promised_by,
            time_zone=practice.identity.time_zone,
            status_url=f"{self._outgoing.base_url}{page}",
            language=practice.language,
            what=asked.kind.value,
            is_late=asked.promised_by <= now,
        )
        whose = b"acknowledgement\0" + address.casefold().encode()
        kind, delivery_id = DeliveryKind.ACKNOWLEDGEMENT, self._ledger.new_id()
        return Rationed(
            self._row(delivery_id, kind, Channel.EMAIL, address, asked.id, now, parcel),
            name=hmac.digest(self._daily_key.get(), whose, "sha256"),
            limit=_RECEIPTS_A_DAY,
            expires_at=now + _DAYS_COUNTED,
        )

    def _notice(self, practice: Practice, asked: Asked, new: NewQuestion) -> NoticeParcel:
        source = asked.known_source
        return NoticeParcel(
            practice_name=practice.name,
            receipt=new.receipt,
            received_at=new.received_at,
            promised_by=new.promised_by,
            time_zone=practice.identity.time_zone,
            desk_url=f"{self._outgoing.base_url}/desk/questions/{new.id}",
            office_name=asked.referrer_office or (source.name if source else ""),
            office_phone=asked.referrer_phone,
            office_phone_uri=asked.referrer_phone_uri,
            what=new.kind.value,
        )

    def _row(
        self,
        delivery_id: str,
        kind: DeliveryKind,
        channel: Channel,
        address: str,
        question_id: str,
        due_at: datetime,
        parcel: Parcel,
    ) -> NewDelivery:
        return NewDelivery(
            id=delivery_id,
            kind=kind,
            channel=channel,
            address=address,
            referral_id=None,
            due_at=due_at,
            parcel=self._server_key.seal(parcel_to_bytes(parcel), "parcel", delivery_id),
            message_id=f"<{delivery_id}@{self._outgoing.mail_domain}>",
            question_id=question_id,
        )


def _whole(asked: Asked, notice: NoticeParcel) -> QuestionParcel:
    return QuestionParcel(
        notice=notice,
        referrer_name=asked.referrer_name,
        referrer_role=asked.referrer_role,
        referrer_email=asked.referrer_email,
        question=asked.question,
        talk=asked.talk_title,
        talk_when=asked.talk_when,
        talk_people=asked.talk_people,
        talk_place=asked.talk_place,
    )
