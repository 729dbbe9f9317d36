"""How each user signs in: when last, where now, and with what; for the owner's list of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.second_factors import NO_LOCK
from form_server.ledger.tables import audit, authenticator, passkey, session

_ACTOR = "user:"


@dataclass(frozen=True)
class Entry:
    """`passkeys` open the user's key; `second_devices` are only asked for after the six words."""

    signed_in_at: datetime | None = None
    sessions: int = 0
    passkeys: int = 0
    second_devices: int = 0
    has_app: bool = False

    @property
    def has_second_step(self) -> bool:
        return self.has_app or self.second_devices > 0


class Roll:
    """Reads only, with as many queries for many users as for one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, user_ids: list[str], now: datetime) -> dict[str, Entry]:
        """One for each of these users, also for who never signed in."""
        with self._store.read() as connection:
            last = _last_sign_ins(connection, user_ids)
            lives = session.c.expires_at > to_micros(now)
            sessions = _count(connection, session.c.user_id, user_ids, lives)
            opens = passkey.c.locked_private_key != NO_LOCK
            passkeys = _count(connection, passkey.c.user_id, user_ids, opens)
            seconds = _count(connection, passkey.c.user_id, user_ids, sa.not_(opens))
            apps = _count(connection, authenticator.c.user_id, user_ids)
        return {
            one: Entry(
                signed_in_at=last.get(one),
                sessions=sessions.get(one, 0),
                passkeys=passkeys.get(one, 0),
                second_devices=seconds.get(one, 0),
                has_app=one in apps,
            )
            for one in user_ids
        }


def _last_sign_ins(connection: Connection, user_ids: list[str]) -> dict[str, datetime]:
    """From the record: the row of a session goes when it ends."""
    actors = [f"{_ACTOR}{one}" for one in user_ids]
    query = (
        sa.select(audit.c.actor, sa.func.max(audit.c.at).label("at"))
        .where(audit.c.action == "session.started", audit.c.actor.in_(actors))
        .group_by(audit.c.actor)
    )
    rows = connection.execute(query)
    return {row.actor.removeprefix(_ACTOR): from_micros(row.at) for row in rows}


def _count(
    connection: Connection,
    whose: sa.ColumnElement[str],
    user_ids: list[str],
    *which: sa.ColumnElement[bool],
) -> dict[str, int]:
    query = sa.select(whose.label("user_id"), sa.func.count().label("number"))
    of_these = query.where(whose.in_(user_ids), *which).group_by(whose)
    return {row.user_id: row.number for row in connection.execute(of_these)}
