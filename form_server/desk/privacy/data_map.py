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

_IN_SHORT: Final = {
    Guard.SEALED: "sealed to the inbox",
    Guard.SERVER: "sealed to this server",
    Guard.LOCKED: "a locked key",
    Guard.HASHED: "a one-way hash",
    Guard.UNSAID: "nobody has said yet",
}
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
    """One table, in words; `guarded` says in short what `lines` say by column."""

    table: str
    what: str
    guarded: str
    lines: tuple[Line, ...]
    kept: str
    who: str


def draw_map(retention_days: int) -> tuple[Row, ...]:
    """By name; `retention_days` as the settings say, 0 for ever."""
    return tuple(
        _row(table.name, [column.name for column in table.c], retention_days)
        for table in sorted(metadata.tables.values(), key=lambda one: one.name)
    )


def most_telling_first(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """What is about patients before what is about the server, as the entries are told."""
    places = {name: place for place, name in enumerate(ENTRIES)}
    return tuple(sorted(rows, key=lambda row: places.get(row.table, -1)))


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
        guarded=_say_guarded(set(guards.values())),
        lines=tuple(
            Line(GUARDS[guard], ", ".join(one for one in columns if guards[one] is guard))
            for guard in Guard
            if guard in guards.values()
        ),
        kept=_say_kept(entry.kept, retention_days),
        who=entry.who,
    )


def _say_guarded(there: set[Guard]) -> str:
    """“Sealed to the inbox; the rest in clear”."""
    said = [_IN_SHORT[one] for one in Guard if one in there and one is not Guard.CLEAR]
    if Guard.CLEAR in there:
        said.append("the rest in clear" if said else "in clear")
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _say_kept(kept: Kept, retention_days: int) -> str:
    if kept is Kept.REFERRAL:
        return (
            f"Words go {say_period(retention_days)} after closing; times and outcome stay"
            if retention_days
            else "Until you erase it; no retention time is set"
        )
    return str(kept.value)
