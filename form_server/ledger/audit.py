"""Who did what, when: appended in the commit that did it, chained shortly after.

Each entry's hash covers the entry and the hash before it, so that no entry can be changed, removed
or slipped in unseen by whoever knows a later head of the chain. Chaining follows the commit and is
not in it, because writers on PostgreSQL would otherwise wait for each other. `detail` holds codes,
never anything of a patient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from form_server.ledger.chain_proof import GENESIS, ChainHead, hash_entry, prove
from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.meta import get_meta, put_meta
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.tables import UNCHAINED, audit

_NOTED_HEAD = "audit_head"  # in meta: shows that the chain's end was cut off
_CHAIN_LOCK = 0x7761726D  # any number, as long as all processes take the same


@dataclass(frozen=True)
class AuditEntry:
    at: datetime
    actor: str
    action: str
    referral_id: str | None
    detail: str


class Audit:
    """The audit's writer, chain and reader."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        columns = ("at", "actor", "action", "referral_id", "detail")
        self._insert = Compiled(store, audit.insert().inline(), columns)

    def write(
        self,
        cursor: DBAPICursor,
        at: int,
        actor: str,
        action: str,
        referral_id: str | None,
        detail: str = "",
    ) -> None:
        """Appends within a bare transaction; `at` in microseconds."""
        self._insert.run(cursor, _values(at, actor, action, referral_id, detail))

    def append(
        self,
        connection: Connection,
        action: str,
        *,
        actor: str,
        referral_id: str | None = None,
        detail: str = "",
    ) -> None:
        """Appends within the transaction of `connection`, at the clock's time."""
        at = to_micros(self._clock())
        connection.execute(audit.insert().inline(), _values(at, actor, action, referral_id, detail))

    def note(
        self, action: str, *, actor: str, referral_id: str | None = None, detail: str = ""
    ) -> None:
        """Appends in a commit of its own, for what changes no other row."""
        with self._store.write() as connection:
            self.append(connection, action, actor=actor, referral_id=referral_id, detail=detail)

    def chain(self, limit: int = 500) -> int:
        """Links the oldest unchained entries; how many, so that 0 says all are chained."""
        if not self._has_unchained():
            return 0
        with self._store.write() as connection:
            if not self._store.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN_LOCK)))
            head = _head(connection) or ChainHead(0, GENESIS)
            waiting = connection.execute(
                sa.select(audit).where(UNCHAINED).order_by(audit.c.id).limit(limit)
            ).all()
            links = []
            for row in waiting:
                entry_hash = hash_entry(head.entry_hash, head.link + 1, row)
                links.append(
                    {
                        "entry": row.id,
                        "link": head.link + 1,
                        "previous_hash": head.entry_hash,
                        "entry_hash": entry_hash,
                    }
                )
                head = ChainHead(head.link + 1, entry_hash)
            if links:
                connection.execute(audit.update().where(audit.c.id == sa.bindparam("entry")), links)
                put_meta(connection, _NOTED_HEAD, str(head))
            return len(links)

    def verify(self, told: ChainHead | None = None) -> ChainHead | None:
        """The head of a chain that holds, or None when nothing is chained; else ChainBroken.

        `told` is a head that somebody kept from a digest.
        """
        chained = sa.select(audit).where(audit.c.link.is_not(None)).order_by(audit.c.link)
        with self._store.read() as connection:
            noted = get_meta(connection, _NOTED_HEAD)
            with connection.execution_options(yield_per=500).execute(chained) as rows:
                return prove(rows, ChainHead.parse(noted) if noted else None, told)

    def head(self) -> ChainHead | None:
        """The last link, without walking the chain; None when nothing is chained."""
        with self._store.read() as connection:
            return _head(connection)

    def recent(self, limit: int = 50) -> list[AuditEntry]:
        """Newest first."""
        return self._entries(sa.select(audit).order_by(audit.c.id.desc()).limit(limit))

    def of_referral(self, referral_id: str) -> list[AuditEntry]:
        """Oldest first."""
        of_it = audit.c.referral_id == referral_id
        return self._entries(sa.select(audit).where(of_it).order_by(audit.c.id))

    def _entries(self, query: sa.Select[tuple[object, ...]]) -> list[AuditEntry]:
        with self._store.read() as connection:
            return [
                AuditEntry(from_micros(row.at), row.actor, row.action, row.referral_id, row.detail)
                for row in connection.execute(query)
            ]

    def _has_unchained(self) -> bool:
        with self._store.read() as connection:
            return connection.scalar(sa.select(audit.c.id).where(UNCHAINED).limit(1)) is not None


def _values(
    at: int, actor: str, action: str, referral_id: str | None, detail: str
) -> dict[str, object]:
    return {
        "at": at, "actor": actor, "action": action, "referral_id": referral_id, "detail": detail,
    }  # fmt: skip


def _head(connection: Connection) -> ChainHead | None:
    last = sa.select(audit.c.link, audit.c.entry_hash).where(audit.c.link.is_not(None))
    row = connection.execute(last.order_by(audit.c.link.desc()).limit(1)).first()
    return None if row is None else ChainHead(row.link, row.entry_hash)
