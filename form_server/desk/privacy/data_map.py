"""The data map: every table and column that exists, what it holds, how it is guarded, how long.

The tables are asked what there is; what is said of it stands in `data_entries`. A column that nobody
has said anything of is shown as such, and fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.desk.privacy.data_entries import ENTRIES, Entry, Guard, Kept
from form_server.desk.referral.times import say_period
from form_server.ledger.tables import metadata

GUARDS: Final = {
    Guard.SEALED: "Sealed to the inbox: opens at the desk only",
    Guard.SERVER: "Sealed to this server",
    Guard.LOCKED: "A key, locked under somebody’s words, passkey or sheet",
    Guard.HASHED: "A one-way hash",
    Guard.CLEAR: "In clear",
    Guard.UNSAID: "Nobody has said yet",
}


@dataclass(frozen=True)
class Line:
    guard: str
    columns: str


@dataclass(frozen=True)
class Row:
    """One table, in words."""

    table: str
    what: str
    lines: tuple[Line, ...]
    kept: str
    who: str


def draw_map(retention_days: int) -> tuple[Row, ...]:
    """By name; `retention_days` as the settings say, 0 for ever."""
    return tuple(
        _row(table.name, [column.name for column in table.c], retention_days)
        for table in sorted(metadata.tables.values(), key=lambda one: one.name)
    )


def unsaid() -> tuple[str, ...]:
    """Columns without an entry, and entries without a column."""
    there = {
        f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.c
    }
    said = {f"{name}.{column}" for name, entry in ENTRIES.items() for column in entry.guards}
    return tuple(sorted(there ^ said))


def _row(name: str, columns: list[str], retention_days: int) -> Row:
    entry = ENTRIES.get(name) or Entry("Nobody has said yet", {}, Kept.ALWAYS, "")
    guards = {column: entry.guards.get(column, Guard.UNSAID) for column in columns}
    return Row(
        table=name,
        what=entry.what,
        lines=tuple(
            Line(GUARDS[guard], ", ".join(one for one in columns if guards[one] is guard))
            for guard in Guard
            if guard in guards.values()
        ),
        kept=_say_kept(entry.kept, retention_days),
        who=entry.who,
    )


def _say_kept(kept: Kept, retention_days: int) -> str:
    if kept is Kept.REFERRAL:
        return (
            f"Words go {say_period(retention_days)} after closing; times and outcome stay"
            if retention_days
            else "Until you erase it; no retention time is set"
        )
    return str(kept.value)
