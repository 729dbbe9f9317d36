"""Erasing a referral for good: its row and every row that belongs to it.

The audit keeps its id and nothing else of it. On SQLite the freed pages are overwritten
(`secure_delete`); a checkpoint then takes the bytes out of the write-ahead log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.meta import get_meta, put_meta
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import audit, deletion, metadata, referral
from form_server.ledger.upsert import upsert

ERASED: Final = "erased"
"""How the rules of erasures begin; those of retention do not."""
_OWED = "fold_owed"
_AT_ONCE = 200  # SQLite bounds how many parameters a statement takes


class Erasing:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def erase(self, referral_ids: Sequence[str], *, actor: str, rule: str = ERASED) -> int:
        """How many of them were there; an id that is not known is passed over.

        The deletion is on record in the same commit, for the day when a backup brings them back.
        `rule` says why, in words for programs.
        """
        erased = 0
        for start in range(0, len(referral_ids), _AT_ONCE):
            ids = referral_ids[start : start + _AT_ONCE]
            with self._store.write() as connection:
                there = connection.scalars(sa.select(referral.c.id).where(referral.c.id.in_(ids)))
                known = list(there)
                _erase(connection, known)
                at = to_micros(self._clock())
                records = [{"id": one, "at": at, "rule": rule} for one in known]
                if records:
                    note = upsert(connection, deletion).on_conflict_do_nothing()
                    connection.execute(note, records)
                    owe_folding(connection)
                for one in known:
                    self._audit.append(
                        connection, "referral.erased", actor=actor, referral_id=one, detail=rule
                    )
            erased += len(known)
        return erased

    def is_folding_owed(self) -> bool:
        """Whether bytes of what was erased still lie in the write-ahead log."""
        with self._store.read() as connection:
            return get_meta(connection, _OWED) == "yes"

    def fold(self, truncate: Callable[[], bool]) -> bool:
        """Empties the log once after an erasure; whether nothing of it is owed any more.

        A reader can hold it up: then the next call tries again.
        """
        if not self.is_folding_owed():
            return True
        if not truncate():
            return False
        with self._store.write() as connection:
            put_meta(connection, _OWED, "no")
        return True


def owe_folding(connection: Connection) -> None:
    """Notes, in the commit that erases, that its bytes lie in the write-ahead log until it is folded."""
    put_meta(connection, _OWED, "yes")


def _erase(connection: Connection, ids: Sequence[str]) -> None:
    # Every table that speaks of a referral, those that refer to others first.
    for table in reversed(metadata.sorted_tables):
        if table is not audit and "referral_id" in table.c:
            connection.execute(table.delete().where(table.c.referral_id.in_(ids)))
    connection.execute(referral.delete().where(referral.c.id.in_(ids)))
