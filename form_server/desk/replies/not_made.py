"""A sheet that could not be made, and the way back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NotMade:
    error: str
    back: str
