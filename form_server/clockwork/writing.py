"""Rows that the clock writes: a message to a recipient, its parcel sealed for the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from msgspec.structs import replace

from form_server.ledger import Channel, DeliveryKind, Ledger, NewDelivery
from form_server.parcels import FullParcel, NoticeParcel, Parcel, ReminderParcel, parcel_to_bytes
from form_server.pausing import PauseLinks
from form_server.settings import Settings
from form_server.vault import ServerKey


@dataclass(frozen=True)
class Writer:
    """Writes what the worker sends; links and Message-IDs are this server's own."""

    server_key: ServerKey = field(repr=False)
    base_url: str
    mail_domain: str
    new_id: Callable[[], str]
    pause_links: PauseLinks

    @classmethod
    def of(cls, settings: Settings, ledger: Ledger, server_key: ServerKey) -> Self:
        links = PauseLinks(server_key, settings.url)
        return cls(server_key, settings.url, settings.mail_domain, ledger.new_id, links)

    def write(
        self,
        parcel: Parcel,
        kind: DeliveryKind,
        channel: Channel,
        address: str,
        due_at: datetime,
        referral_id: str | None = None,
        *,
        with_pause: bool = False,
        question_id: str | None = None,
    ) -> NewDelivery:
        """The row; `with_pause` gives the message a link of its own that pauses the alarm."""
        delivery_id = self.new_id()
        if with_pause:
            parcel = _with_pause(parcel, self.pause_links.link(delivery_id))
        return NewDelivery(
            id=delivery_id,
            kind=kind,
            channel=channel,
            address=address,
            referral_id=referral_id,
            due_at=due_at,
            parcel=self.server_key.seal(parcel_to_bytes(parcel), "parcel", delivery_id),
            message_id=f"<{delivery_id}@{self.mail_domain}>",
            question_id=question_id,
        )

    def desk_url(self, referral_id: str) -> str:
        return f"{self.base_url}/desk/referrals/{referral_id}"

    def question_url(self, question_id: str) -> str:
        return f"{self.base_url}/desk/questions/{question_id}"


def _with_pause(parcel: Parcel, link: str) -> Parcel:
    match parcel:
        case FullParcel():
            return replace(parcel, notice=replace(parcel.notice, pause_url=link))
        case NoticeParcel() | ReminderParcel():
            return replace(parcel, pause_url=link)
    return parcel
