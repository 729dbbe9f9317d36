"""A letter that is still being put together while the mail server is asked whether it takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self


class Draft:
    """A message that is being written, step by step; `wire` is what the last step gave."""

    def __init__(self, writing: Iterator[bytes]) -> None:
        self._writing = writing
        self.wire = b""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        self.wire = next(self._writing)
        return self.wire
