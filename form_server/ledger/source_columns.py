"""Facts about sources and their people as the tables hold them, and back."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from form_server.ledger.moments import from_micros
from form_server.ledger.source_rows import (
    PersonFacts,
    PersonRole,
    ReachedBy,
    SourceCard,
    SourceFacts,
    SourceKind,
    SourcePerson,
)
from form_server.ledger.tables import source

_MILLIONTHS = 1_000_000
# A practice's whole address book, and as many again before one of them changed.
_KEPT_CARDS = 8192
_COLUMNS = tuple(column.name for column in source.c)
_TEXTS = (
    "town", "region", "postal_code", "phone", "fax", "email", "website", "hours", "audience", "tier",
)  # fmt: skip


def source_values(facts: SourceFacts) -> dict[str, object]:
    return {
        **vars(facts),
        "kind": facts.kind.value,
        "public_poster": int(facts.public_poster),
        "address": "\n".join(facts.address),
        "latitude": _to_millionths(facts.latitude),
        "longitude": _to_millionths(facts.longitude),
        "tier": str(facts.tier),
        "rests": int(facts.rests),
        "takes_gifts": int(facts.takes_gifts),
        "agreed_on": _from_day(facts.agreed_on),
    }


def to_card(row: sa.Row[Any]) -> SourceCard:
    """Of a whole row. Lists of thousands are read again and again while few rows of them change, so
    the same row gives the same card without making it anew."""
    return _to_card(tuple(row))  # rows compare slowly


@lru_cache(maxsize=_KEPT_CARDS)
def _to_card(values: tuple[Any, ...]) -> SourceCard:
    row = dict(zip(_COLUMNS, values, strict=True))
    created_at = from_micros(row["created_at"])
    return SourceCard(
        code=row["code"],
        facts=SourceFacts(
            name=row["name"],
            kind=SourceKind(row["kind"]),
            public_poster=bool(row["public_poster"]),
            address=tuple(row["address"].splitlines()),
            latitude=_to_degrees(row["latitude"]),
            longitude=_to_degrees(row["longitude"]),
            every_days=row["every_days"],
            rests=bool(row["rests"]),
            takes_gifts=bool(row["takes_gifts"]),
            agreed_on=to_day(row["agreed_on"]),
            **{name: row[name] for name in _TEXTS},
        ),
        created_at=created_at,
        changed_at=from_micros(row["changed_at"]) if row["changed_at"] else created_at,
        removed_at=from_micros(row["removed_at"]),
    )


def person_values(facts: PersonFacts) -> dict[str, object]:
    return {
        **vars(facts),
        "role": facts.role.value,
        "likes": facts.likes.value,
        "agreed_on": _from_day(facts.agreed_on),
    }


def to_person(row: sa.Row[tuple[object, ...]]) -> SourcePerson:
    return SourcePerson(
        id=row.id,
        source=row.source_code,
        facts=PersonFacts(
            name=row.name,
            role=PersonRole(row.role),
            title=row.title,
            phone=row.phone,
            email=row.email,
            likes=ReachedBy(row.likes),
            reached=row.reached,
            agreed_on=to_day(row.agreed_on),
        ),
        changed_at=from_micros(row.changed_at),
        removed_at=from_micros(row.removed_at),
    )


def to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _from_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_millionths(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * _MILLIONTHS)


def _to_degrees(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / _MILLIONTHS
