"""Rows that mean nothing in places: of the wrong type, at no moment of a calendar, in no known word.

The store finds nothing wrong with them: SQLite takes anything in any column, and PostgreSQL any number
for a moment. Only whoever knows what the columns are for can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.people_rows import HolderKind, Role
from form_server.ledger.question_rows import AnsweredHow, QuestionKind, TalkState
from form_server.ledger.rows import (
    AttemptMeans,
    AttemptResult,
    CameBy,
    Channel,
    DeliveryKind,
    DeliveryState,
    Fit,
    Outcome,
    ReferralState,
)
from form_server.ledger.sound_rows import is_sound
from form_server.ledger.tables import metadata

_MOST_TOLD: Final = 20
_IS_UTF8: Final = "is_utf8"
_DAY: Final = "____-__-__"
_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "attempt.means": AttemptMeans,
    "attempt.result": AttemptResult,
    "delivery.channel": Channel,
    "delivery.kind": DeliveryKind,
    "delivery.state": DeliveryState,
    "desk_user.role": Role,
    "inbox_grant.holder_kind": HolderKind,
    "question.answered_how": AnsweredHow,
    "question.kind": QuestionKind,
    "question.talk_state": TalkState,
    "recipient.channel": Channel,
    "referral.came_by": CameBy,
    "referral.fit": Fit,
    "referral.outcome": Outcome,
    "referral.state": ReferralState,
}
_STORED_AS: Final = (
    (sa.Integer, "integer"),
    (sa.Boolean, "integer"),
    (sa.String, "text"),
    (sa.LargeBinary, "blob"),
)


@dataclass(frozen=True)
class Spoiled:
    """`key` names the row, as its table does."""

    table: str
    key: str
    column: str


def find_spoiled(connection: Connection) -> tuple[Spoiled, ...]:
    """The first few; every row of every table is read for it."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        driver: Any = connection.connection.driver_connection
        driver.create_function(_IS_UTF8, 1, _is_utf8, deterministic=True)
    there = set(sa.inspect(connection).get_table_names())
    found: list[Spoiled] = []
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        for column, is_wrong in _rules(table, is_sqlite=is_sqlite):
            rows = sa.select(*table.primary_key).where(is_wrong).limit(_MOST_TOLD - len(found))
            these = (
                Spoiled(table.name, _say_key(tuple(row)), column.name)
                for row in connection.execute(rows)
            )
            found += [one for one in these if one not in found]  # by one rule or by two
            if len(found) >= _MOST_TOLD:
                return tuple(found)
    if is_sqlite:  # PostgreSQL lets none point at nothing
        found += [one for one in _pointing_at_nothing(connection) if one not in found]
    return tuple(found[:_MOST_TOLD])


def _pointing_at_nothing(connection: Connection) -> Iterator[Spoiled]:
    """Rows whose word for another row is the name of none; SQLite looks when they are written."""
    tell = connection.exec_driver_sql
    for table, place, _other, number in tell("PRAGMA foreign_key_check").all():
        keys = tell(f"PRAGMA foreign_key_list({table})").all()
        (column, *_) = (one[3] for one in keys if one[0] == number)
        yield Spoiled(table, f"in row {place}", column)


def _rules(
    table: sa.Table, *, is_sqlite: bool
) -> Iterator[tuple[sa.Column[object], sa.ColumnElement[bool]]]:
    for column in table.columns:
        stored = _stored_as(column) if is_sqlite else None
        if stored is not None:
            kind = sa.func.typeof(column)
            yield column, kind.not_in([stored] if not column.nullable else [stored, "null"])
            if stored == "text":
                is_text = getattr(sa.func, _IS_UTF8)(sa.cast(column, sa.LargeBinary))
                yield column, sa.and_(kind == stored, is_text == 0)
        if _is_moment(column):
            yield column, sa.and_(_is_number(column, is_sqlite), sa.not_(is_sound(column)))
        if column.name.endswith("_on") and isinstance(column.type, sa.String):
            yield column, sa.and_(column != "", column.not_like(_DAY))
        if words := _WORDS.get(f"{table.name}.{column.name}"):
            yield column, column.not_in([word.value for word in words])


def _stored_as(column: sa.Column[object]) -> str | None:
    return next((name for kind, name in _STORED_AS if isinstance(column.type, kind)), None)


def _is_moment(column: sa.Column[object]) -> bool:
    is_named_so = column.name in {"at", "promised_by", "since"} or column.name.endswith("_at")
    return isinstance(column.type, sa.BigInteger) and is_named_so


def _is_number(column: sa.Column[object], is_sqlite: bool) -> sa.ColumnElement[bool]:
    """What is none was told of already."""
    return sa.func.typeof(column) == "integer" if is_sqlite else sa.true()


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _say_key(key: tuple[object, ...]) -> str:
    """Hashes in hexadecimal digits; what an id says is not secret."""
    return "/".join(part.hex() if isinstance(part, bytes) else str(part) for part in key)
