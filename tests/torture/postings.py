"""What the clients remember: every try, and everything that they were promised."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Try:
    """One request; times are `time.monotonic`. `status` is None when no whole answer came."""

    begun_s: float
    ended_s: float
    status: int | None


@dataclass
class Posting:
    """One referral that an office means to send, however often it has to."""

    number: int
    words: dict[str, object]
    key: str
    is_form: bool
    is_doubled: bool
    """Sent again on purpose after it was accepted, as by an impatient hand."""
    tries: list[Try] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    """Status links that were given; a repeat must give the same one."""
    receipts: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    """Answers that are neither a receipt nor a request to come again."""

    @property
    def was_accepted(self) -> bool:
        return bool(self.tokens)


@dataclass
class Book:
    """Hands out postings as they are granted, and keeps all of them. Shared between threads."""

    total: int
    make: Callable[[int], Posting]
    postings: list[Posting] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._granted = 0
        self._changed = threading.Condition()

    def grant(self, count: int) -> None:
        """Lets so many more postings begin."""
        with self._changed:
            self._granted += count
            self._changed.notify_all()

    def begin(self) -> Posting | None:
        """The next posting, once one is granted; None when all have begun."""
        with self._changed:
            self._changed.wait_for(
                lambda: len(self.postings) < self._granted or len(self.postings) >= self.total
            )
            if len(self.postings) >= self.total:
                return None
            posting = self.make(len(self.postings))
            self.postings.append(posting)
            self._changed.notify_all()
            return posting

    @property
    def begun(self) -> int:
        return len(self.postings)
