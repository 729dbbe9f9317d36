"""Names that a room offers and fetches when somebody asks: who wants one thing does not load the others.

A build that finds one text changed would else spend most of its time on importing what it never calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def fetch_late(room: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A `__getattr__` for a package: `homes` says in which of its modules each name lives."""

    def fetch(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{homes[name]}"), name)

    return fetch
