"""The owners are told that the disk is nearly full: one mail a day at most, about the server alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from form_server.disk import DiskWatch
from form_server.ledger import Channel, DeliveryKind, Ledger, NewDelivery, Role
from form_server.parcels import AlertParcel, parcel_to_bytes
from form_server.vault import ServerKey

_EVERY: Final = timedelta(days=1)
_TOLD_AT: Final = "disk_alert_at"  # in the ledger's meta, ISO 8601


class DiskAlert:
    """A chore of the worker; writes rows, and the worker's channel sends them."""

    def __init__(
        self,
        disk: DiskWatch,
        ledger: Ledger,
        server_key: ServerKey,
        clock: Callable[[], datetime],
        *,
        practice_name: str,
        phone: str,
        mail_domain: str,
    ) -> None:
        self._disk = disk
        self._ledger = ledger
        self._server_key = server_key
        self._clock = clock
        self._practice_name = practice_name
        self._phone = phone
        self._mail_domain = mail_domain

    def __call__(self) -> None:
        if not self._disk.is_low():
            return
        now = self._clock()
        told_at = self._ledger.meta.get(_TOLD_AT)
        # What was told by a clock that ran ahead does not count.
        if told_at is not None and timedelta() <= now - datetime.fromisoformat(told_at) < _EVERY:
            return
        owners = [user for user in self._ledger.people.users() if user.role is Role.OWNER]
        self._ledger.queue.add([self._row(owner.email, now) for owner in owners])
        self._ledger.meta.put(_TOLD_AT, now.isoformat())

    def _row(self, address: str, now: datetime) -> NewDelivery:
        delivery_id = self._ledger.new_id()
        closed = (
            f"Less than {self._disk.floor_mb} MB are free, so no new referral is taken in: offices "
            f"are asked to call {self._phone} instead. What was taken in before is safe and is "
            "delivered."
        )
        mend = (
            "Make room on that disk, or move HANDOFF_VAR to a larger one. The form opens again by "
            "itself within a second."
        )
        parcel = AlertParcel(
            practice_name=self._practice_name,
            subject="The disk of your referral server is nearly full",
            lines=(closed, mend),
        )
        return NewDelivery(
            id=delivery_id,
            kind=DeliveryKind.ALERT,
            channel=Channel.EMAIL,
            address=address,
            referral_id=None,
            due_at=now,
            parcel=self._server_key.seal(parcel_to_bytes(parcel), "parcel", delivery_id),
            message_id=f"<{delivery_id}@{self._mail_domain}>",
        )
