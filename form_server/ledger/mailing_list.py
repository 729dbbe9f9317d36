"""The addresses that want no newsletter: an opt-out holds at once and for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.newsletter_rows import Leaving
from form_server.ledger.rows import DeliveryKind, DeliveryState
from form_server.ledger.tables import delivery, newsletter_copy, unsubscribed
from form_server.ledger.upsert import upsert

_LIST_LOCK: Final = 0x6C697374  # any number, as long as all processes take the same
_TAKEN_BACK: Final = [
    state.value
    for state in (
        DeliveryState.PENDING,
        DeliveryState.SENDING,
        DeliveryState.RETRYING,
        DeliveryState.UNKNOWN,
        DeliveryState.STUCK,
        DeliveryState.ON_HOLD,
    )
]
"""Of which nothing is on the wire: whoever holds such a row finds it gone before the bytes go out."""


class MailingList:
    """Addresses are kept in small letters, without space around them."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def unsubscribe(self, address: str, *, actor: str) -> Leaving:
        """Takes it off, and what waits for it out of the queue. The record does not say who."""
        plain = plain_address(address)
        values = {"address": plain, "at": to_micros(self._clock())}
        with self._store.write() as connection:
            hold_list(self._store, connection)
            insert = upsert(connection, unsubscribed).values(**values)
            kept = insert.on_conflict_do_nothing().returning(unsubscribed.c.address)
            is_new = connection.scalar(kept) is not None
            dropped = _take_back(connection, plain)
            if is_new or dropped:
                detail = f"dropped={dropped}" if dropped else ""
                self._audit.append(
                    connection, "newsletter.unsubscribed", actor=actor, detail=detail
                )
        return Leaving(is_new, dropped)

    def subscribe_again(self, address: str, *, actor: str) -> bool:
        """For whoever asked for it themselves; False when nothing stood against it."""
        this = unsubscribed.c.address == plain_address(address)
        with self._store.write() as connection:
            was_out = connection.execute(unsubscribed.delete().where(this)).rowcount == 1
            if was_out:
                self._audit.append(connection, "newsletter.subscribed", actor=actor)
        return was_out

    def is_out(self, address: str) -> bool:
        this = sa.select(unsubscribed.c.at).where(unsubscribed.c.address == plain_address(address))
        with self._store.read() as connection:
            return connection.scalar(this) is not None

    def all_out(self) -> dict[str, datetime]:
        """Every address that is out, and since when."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(unsubscribed.c.address, unsubscribed.c.at))
            return {address: from_micros(at) for address, at in rows}

    def reader(self, token_hash: bytes) -> str | None:
        """The address that a link was mailed to; None for one that was never ours."""
        query = sa.select(newsletter_copy.c.address)
        with self._store.read() as connection:
            return connection.scalar(query.where(newsletter_copy.c.token_hash == token_hash))


def plain_address(address: str) -> str:
    return address.strip().casefold()


def hold_list(store: Store, connection: Connection) -> None:
    """Until the commit nobody else leaves or is written to: on SQLite there is one writer anyway."""
    if not store.is_sqlite:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LIST_LOCK)))


def _take_back(connection: Connection, address: str) -> int:
    own = sa.select(newsletter_copy.c.delivery_id).where(newsletter_copy.c.address == address)
    waiting = sa.and_(
        delivery.c.kind == DeliveryKind.NEWSLETTER.value,
        delivery.c.state.in_(_TAKEN_BACK),
        delivery.c.id.in_(own),
    )
    gone = {
        "state": DeliveryState.DISMISSED.value,
        "parcel": None,
        "owner": None,
        "claimed_at": None,
    }
    return connection.execute(delivery.update().where(waiting).values(**gone)).rowcount
