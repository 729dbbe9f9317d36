"""Amounts of money as people type and read them."""

from __future__ import annotations

import re
from typing import Final

_TYPED: Final = re.compile(r"\$?\s*([0-9]{1,5}|[0-9]{1,2},[0-9]{3})(?:\.([0-9]{1,2}))?")


def read_cents(typed: str) -> int | None:
    """From “12”, “12.5”, “$12.50” or “1,200”; None for anything else, “12,50” too."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def say_cents(cents: int) -> str:
    """“$535”, “$12.50”."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"
