"""Amounts of money as people type and read them."""

from __future__ import annotations

import re
from typing import Final

_TYPED: Final = re.compile(r"\$?\s*([0-9]{1,5})(?:\.([0-9]{1,2}))?")


def read_cents(typed: str) -> int | None:
    """From “12”, “12.5” or “$12.50”; None for anything else."""
    found = _TYPED.fullmatch(typed.strip().replace(",", ""))
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def say_cents(cents: int) -> str:
    """“$535”, “$12.50”."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"
