"""Whether a plan, as somebody typed it, is one that the practice is in network with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

_WORD = re.compile(r"\w+")


class Network(StrEnum):
    IN = "in"
    NEAR = "near"
    """The name is like one on the list; only the card tells."""
    OUT = "out"
    NOT_SAID = "not_said"


def look_up_plan(typed: str, plans: Sequence[str]) -> tuple[Network, str]:
    """Where the plan stands, with the plan of the list that was found, or an empty text."""
    said = _words(typed)
    if not said:
        return Network.NOT_SAID, ""
    for plan in plans:
        if _words(plan) == said:
            return Network.IN, plan
    for plan in plans:
        listed = set(_words(plan))
        if listed and (listed <= set(said) or set(said) <= listed):
            return Network.NEAR, plan
    return Network.OUT, ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
