"""A table as JSON has it: dates and amounts as text, lists and mappings inside one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

from outreach_kit.practice.table import Facts

LeaveOut = Callable[[Facts, str, object], bool]
"""Given a table, a key and its value: whether it is passed over."""


def nothing(table: Facts, name: str, value: object) -> bool:
    del table, name, value
    return False


def as_plain(value: Any, leave_out: LeaveOut = nothing) -> Any:
    if isinstance(value, Facts):
        return {
            name: as_plain(one, leave_out)
            for name, one in vars(value).items()
            if not leave_out(value, name, one)
        }
    if isinstance(value, tuple | list):
        return [as_plain(one, leave_out) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def unsaid(table: Facts, name: str, value: object) -> bool:
    """Left out by whoever wrote it."""
    del value
    return name not in table.model_fields_set


def by_default(table: Facts, name: str, value: object) -> bool:
    """As it would be if it had been left out."""
    return value == table.model_fields[name].default


def is_none(table: Facts, name: str, value: object) -> bool:
    del table, name
    return value is None
