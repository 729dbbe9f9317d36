"""Facts about sources and their people as the tables hold them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from form_server.ledger.errors import RowDamaged
from form_server.ledger.moments import from_micros
from form_server.ledger.sound_rows import EARLIEST, SoundRow
from form_server.ledger.source_rows import (
    LEARNS_LEAST,
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
_LONG_AGO = from_micros(EARLIEST)
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
    try:
        return _as_written(row)
    except (ValueError, TypeError, AttributeError, RowDamaged):
        return _as_far_as_it_reads(SoundRow(SimpleNamespace(**row)))


def _as_written(row: Mapping[str, Any]) -> SourceCard:
    if not all(isinstance(row[name], str) for name in _TEXTS):
        raise TypeError("a text that is none")
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


def _as_far_as_it_reads(read: SoundRow) -> SourceCard:
    """One that is damaged must not keep the others off their list; what is lost in it reads as empty."""
    created_at = read.moment("created_at", _LONG_AGO)
    is_listed = read.is_empty("removed_at")
    texts: dict[str, Any] = {name: read.text(name) for name in _TEXTS}
    return SourceCard(
        code=read.text("code"),
        facts=SourceFacts(
            name=read.text("name"),
            kind=read.word_or_none(SourceKind, "kind") or LEARNS_LEAST,
            public_poster=bool(read.count("public_poster")),
            address=tuple(read.text("address").splitlines()),
            rests=bool(read.count("rests")),
            takes_gifts=bool(read.count("takes_gifts")),
            agreed_on=read.day_or_none("agreed_on"),
            **texts,
        ),
        created_at=created_at,
        changed_at=read.moment_or_none("changed_at") or created_at,
        removed_at=None if is_listed else read.moment("removed_at", created_at),
    )


def person_values(facts: PersonFacts) -> dict[str, object]:
    return {
        **vars(facts),
        "role": facts.role.value,
        "likes": facts.likes.value,
        "agreed_on": _from_day(facts.agreed_on),
    }


def to_person(row: sa.Row[tuple[object, ...]]) -> SourcePerson:
    read = SoundRow(row)
    changed_at = read.moment("changed_at", read.drawn_at())
    return SourcePerson(
        id=row.id,
        source=row.source_code,
        facts=PersonFacts(
            name=read.text("name"),
            role=read.word_or_none(PersonRole, "role") or PersonRole.OTHER,
            title=read.text("title"),
            phone=read.text("phone"),
            email=read.text("email"),
            likes=read.word_or_none(ReachedBy, "likes") or ReachedBy.NOT_SAID,
            reached=read.text("reached"),
            agreed_on=read.day_or_none("agreed_on"),
        ),
        changed_at=changed_at,
        removed_at=None if row.removed_at is None else read.moment("removed_at", changed_at),
    )


def to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _from_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_millionths(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * _MILLIONTHS)


def _to_degrees(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / _MILLIONTHS
