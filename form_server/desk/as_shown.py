"""What a form showed when it was opened, as a mark that it carries: whether it is still so when it is saved.

A mark of the content, and of no time: two who save in the same instant have different content or none
to lose.
"""

from __future__ import annotations

import hashlib
from typing import Final

_MARK_LENGTH: Final = 32


def mark_of(shown: object) -> str:
    """Of frozen facts, which their `repr` says whole."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:_MARK_LENGTH]
