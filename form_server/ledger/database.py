"""PostgreSQL as it is set up here: what it promises, who else is connected, and whose clock differs.

Every connection of ours says in its name which process it belongs to, so that the database itself knows
who is there: nothing has to be written down, and nothing is left over of a process that died.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.engine import Store

OURS: Final = "handoff"
_LONGEST_NAME: Final = 63
"""PostgreSQL cuts longer ones off."""
_TIMES_MS: Final = (
    "statement_timeout", "idle_session_timeout", "idle_in_transaction_session_timeout",
    "lock_timeout", "transaction_timeout",
)  # fmt: skip
_WORDS: Final = (
    "fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names",
    "max_connections", "superuser_reserved_connections",
)  # fmt: skip


@dataclass(frozen=True)
class Presence:
    """One process of ours that is connected; `ahead_s` is how wrong it said its machine's clock is."""

    role: str
    revision: str
    pid: str
    machine: str
    ahead_s: int = 0
    connections: int = 1


@dataclass(frozen=True)
class DatabaseFacts:
    """`settings` by PostgreSQL's own names; `times_ms` holds those that are not 0, which means never."""

    version: str
    major: int
    is_standby: bool
    standbys: tuple[str, ...]
    """Of each that follows: sync, quorum, potential or async; empty where we may not know."""
    settings: Mapping[str, str]
    times_ms: Mapping[str, int]
    is_encrypted: bool
    is_local: bool
    ahead: timedelta
    """This machine's clock, before the database's."""
    connections: int
    limit: int
    """So many of this role and database at most, reserved ones left out."""
    is_shared_out: bool
    """Something between gives one connection of the database to several of ours in turn."""
    present: tuple[Presence, ...]


def own_name(role: str, revision: str, ahead: timedelta = timedelta()) -> str:
    """What a connection of this process calls itself."""
    ahead_s = round(ahead.total_seconds())
    return f"{OURS} {role} {revision} {ahead_s:+d} {os.getpid()}@{socket.gethostname()}"[
        :_LONGEST_NAME
    ]


def read_facts(store: Store, clock: Callable[[], datetime]) -> DatabaseFacts:
    """Of PostgreSQL; `clock` is this machine's own. Raises LedgerUnavailable."""
    with store.read() as connection:
        one = connection.exec_driver_sql
        before = clock()
        there = float(one("SELECT extract(epoch FROM clock_timestamp())").scalar_one())
        ahead = before + (clock() - before) / 2 - datetime.fromtimestamp(there, UTC)
        settings = _settings(connection)
        return DatabaseFacts(
            version=str(one("SHOW server_version").scalar_one()).partition(" ")[0],
            major=int(one("SHOW server_version_num").scalar_one()) // 10_000,
            is_standby=bool(one("SELECT pg_is_in_recovery()").scalar_one()),
            standbys=tuple(
                str(state or "")
                for state in one("SELECT sync_state FROM pg_stat_replication").scalars()
            ),
            settings={name: settings[name] for name in _WORDS if name in settings},
            times_ms={name: ms for name in _TIMES_MS if (ms := int(settings.get(name, 0)))},
            is_encrypted=bool(
                one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").scalar()
            ),
            is_local=_is_local(connection),
            ahead=ahead,
            connections=int(one(_CONNECTIONS).scalar_one()),
            limit=_limit(connection, settings),
            is_shared_out=_is_shared_out(store, connection),
            present=_present(connection),
        )


_CONNECTIONS: Final = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
_LIMITS: Final = """
    SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user AND rolconnlimit >= 0
    UNION ALL
    SELECT datconnlimit FROM pg_database WHERE datname = current_database() AND datconnlimit >= 0
"""
_NAMES: Final = sa.text(
    "SELECT application_name AS name, count(*) AS many FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE :ours"
    " AND pid <> pg_backend_pid() GROUP BY application_name"
)


def _settings(connection: Connection) -> dict[str, str]:
    wanted = sa.text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")
    rows = connection.execute(wanted, {"names": [*_TIMES_MS, *_WORDS]})
    return {row.name: row.setting for row in rows}


def _is_local(connection: Connection) -> bool:
    """By a socket of this machine's, or by its own address."""
    address = connection.exec_driver_sql("SELECT host(inet_server_addr())").scalar()
    return address is None or str(address).startswith("127.") or address == "::1"


def _limit(connection: Connection, settings: Mapping[str, str]) -> int:
    everybody = int(settings["max_connections"]) - int(settings["superuser_reserved_connections"])
    ours = (int(one) for one in connection.exec_driver_sql(_LIMITS).scalars())
    return min((everybody, *ours))


def _is_shared_out(store: Store, connection: Connection) -> bool:
    """Two that are open at once are two processes of PostgreSQL, unless a pooler stands between."""
    beside: Any = store.standing_connection()
    try:
        (theirs,) = beside.execute("SELECT pg_backend_pid()").fetchone()
        # That one is open still, and between two statements: a pooler may give it away now.
        again: Any = store.standing_connection()
        try:
            (other,) = again.execute("SELECT pg_backend_pid()").fetchone()
        finally:
            again.close()
    finally:
        beside.close()
    ours = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    return len({theirs, other, ours}) < 3


def _present(connection: Connection) -> tuple[Presence, ...]:
    found: dict[tuple[str, str], Presence] = {}
    for name, many in connection.execute(_NAMES, {"ours": f"{OURS} %"}):
        one = parse_name(name, many)
        if one is None:
            continue
        known = found.get((one.pid, one.machine))
        # One of its connections tells how wrong the clock is; the others were named before.
        ahead_s = one.ahead_s or (known.ahead_s if known else 0)
        together = one.connections + (known.connections if known else 0)
        found[one.pid, one.machine] = Presence(
            one.role, one.revision, one.pid, one.machine, ahead_s, together
        )
    return tuple(sorted(found.values(), key=lambda one: (one.role, one.machine, one.pid)))


def parse_name(name: str, connections: int = 1) -> Presence | None:
    """What `own_name` wrote; None for anything else."""
    words: Sequence[str] = name.split(" ")
    if len(words) != 5 or words[0] != OURS:
        return None
    _, role, revision, ahead_s, where = words
    pid, _, machine = where.partition("@")
    if not ahead_s.lstrip("+-").isdigit():
        return None
    return Presence(role, revision, pid, machine, int(ahead_s), connections)
