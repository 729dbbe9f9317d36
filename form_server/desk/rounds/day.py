"""Which offices a morning has, as an address says it: their codes, and whether the order is one's own.

No morning is kept anywhere; whoever has the address has the morning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import url_for
from werkzeug.datastructures import MultiDict

MOST_STOPS: Final = 8
OWN: Final = "own"
"""What `order` says when somebody put the stops in an order by hand."""
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Day:
    """`codes` in their order, which is that of the way unless it `is_own`."""

    codes: tuple[str, ...]
    is_own: bool = False

    @classmethod
    def of(cls, fields: MultiDict[str, str]) -> Day:
        """As they stand in an address: each once, no more than a morning holds, and nothing odd."""
        there = dict.fromkeys(code for code in fields.getlist("office") if _CODE.fullmatch(code))
        return cls(tuple(there)[:MOST_STOPS], fields.get("order") == OWN)

    def __bool__(self) -> bool:
        return bool(self.codes)

    @property
    def order(self) -> str:
        """As it stands in an address; empty for that of the way."""
        return OWN if self.is_own else ""

    def link(self, endpoint: str, **more: Any) -> str:
        """An address that keeps the morning."""
        return url_for(endpoint, office=self.codes or None, order=self.order or None, **more)

    def with_codes(self, codes: Sequence[str]) -> Day:
        return replace(self, codes=tuple(codes))

    def moved(self, code: str, by: int) -> Day | None:
        """With that stop so many places further on, in one's own order; None where there is no place."""
        codes = list(self.codes)
        to = codes.index(code) + by
        if not 0 <= to < len(codes):
            return None
        codes.insert(to, codes.pop(codes.index(code)))
        return Day(tuple(codes), is_own=True)
