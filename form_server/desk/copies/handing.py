"""A file that the browser keeps: named by the day and a number, and by nothing of a patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from flask import Response

JSON: Final = "application/json"
CSV: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for something else


def file_name(what: str, at: datetime, zone: ZoneInfo, ending: str, number: str = "") -> str:
    """`number` tells apart the copies of one day; it is the end of an id."""
    parts = (what, f"{at.astimezone(zone):%Y-%m-%d}", number[-6:])
    return "-".join(part for part in parts if part) + f".{ending}"


def hand_over(parts: Iterable[str], media_type: str, name: str) -> Response:
    """Streamed: what is not yet sent is not yet made."""

    def encoded() -> Iterator[bytes]:
        for part in parts:
            yield part.encode()

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(encoded(), headers=headers, content_type=media_type)
