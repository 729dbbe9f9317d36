"""Newsletters that went out, and the addresses that want none: an opt-out holds at once and for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.ids import new_id
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import newsletter_issue, unsubscribed
from form_server.ledger.upsert import upsert


class MailingList:
    """Addresses are kept in small letters, without space around them."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def unsubscribe(self, address: str, *, actor: str) -> bool:
        """False when it was out already. The record does not say who."""
        values = {"address": _plain(address), "at": to_micros(self._clock())}
        with self._store.write() as connection:
            insert = upsert(connection, unsubscribed).values(**values)
            kept = insert.on_conflict_do_nothing().returning(unsubscribed.c.address)
            is_new = connection.scalar(kept) is not None
            if is_new:
                self._audit.append(connection, "newsletter.unsubscribed", actor=actor)
        return is_new

    def subscribe_again(self, address: str, *, actor: str) -> bool:
        """For whoever asked for it themselves; False when nothing stood against it."""
        this = unsubscribed.c.address == _plain(address)
        with self._store.write() as connection:
            was_out = connection.execute(unsubscribed.delete().where(this)).rowcount == 1
            if was_out:
                self._audit.append(connection, "newsletter.subscribed", actor=actor)
        return was_out

    def is_out(self, address: str) -> bool:
        this = sa.select(unsubscribed.c.at).where(unsubscribed.c.address == _plain(address))
        with self._store.read() as connection:
            return connection.scalar(this) is not None

    def all_out(self) -> frozenset[str]:
        with self._store.read() as connection:
            return frozenset(connection.scalars(sa.select(unsubscribed.c.address)))

    def note_issue(self, note: str, readers: int, sent_on: date, *, actor: str) -> str:
        """That a newsletter went out: which note, and to how many; its id."""
        now = self._clock()
        issue = new_id(now)
        row = {
            "id": issue,
            "note": note,
            "readers": readers,
            "sent_on": sent_on.isoformat(),
            "actor": actor,
            "created_at": to_micros(now),
        }
        with self._store.write() as connection:
            connection.execute(newsletter_issue.insert(), row)
            detail = f"{issue} readers={readers}"
            self._audit.append(connection, "newsletter.sent", actor=actor, detail=detail)
        return issue

    def sent_on(self) -> list[date]:
        """The days of all issues, oldest first."""
        query = sa.select(newsletter_issue.c.sent_on).order_by(newsletter_issue.c.sent_on)
        with self._store.read() as connection:
            return [date.fromisoformat(day) for day in connection.scalars(query)]


def _plain(address: str) -> str:
    return address.strip().casefold()
