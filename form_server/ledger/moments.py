"""Moments as the tables hold them: whole microseconds since 1970-01-01 UTC, in both stores alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

from form_server.ledger.errors import RowDamaged

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@overload
def to_micros(moment: datetime) -> int: ...
@overload
def to_micros(moment: None) -> None: ...
def to_micros(moment: datetime | None) -> int | None:
    """Exact, unlike `timestamp()`, whose float rounds; a naive moment raises TypeError."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


@overload
def from_micros(micros: int) -> datetime: ...
@overload
def from_micros(micros: None) -> None: ...
def from_micros(micros: int | None) -> datetime | None:
    """The aware UTC moment. Raises RowDamaged for what is none."""
    try:
        return None if micros is None else _EPOCH + timedelta(microseconds=micros)
    except (TypeError, OverflowError) as error:
        raise RowDamaged("a moment that no calendar has") from error
