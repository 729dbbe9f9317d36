"""Codes for new offices: opaque, short enough to be typed from paper, and without look-alikes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container
from typing import Final

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0 or 1
_LENGTH: Final = 6
WORDS_OF_ADDRESSES: Final = frozenset(
    {"doubles", "export", "import", "new", "pace", "print", "removed"}
)
"""What stands on the desk where the code of an office would: an office so called had no page."""


def draw_code(taken: Container[str], choose: Callable[[str], str] = secrets.choice) -> str:
    """One that is not among `taken`, which are in small letters; 31⁶ of them are never used up.

    `choose` picks a letter: for a draw that is to be repeated.
    """
    while True:
        code = "".join(choose(_LETTERS) for _ in range(_LENGTH))
        if code not in taken:
            return code
