"""One thing that is owed, as the first page names it, and what a room needs to find it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn


@dataclass(frozen=True)
class Sight:
    """What one user sees at one moment."""

    desk: Desk
    user: SignedIn
    keyring: Keyring
    now: datetime

    @property
    def today(self) -> date:
        return self.desk.practice().today(self.now)


@dataclass(frozen=True)
class OwedItem:
    """`text` is a count in words, without anybody's name; `href` is where it is dealt with.
    `is_late` says that it should have been done before today."""

    text: str
    href: str
    is_late: bool = False


Provider = Callable[[Sight], OwedItem | None]
"""None when nothing of the kind is owed; a room that is not there has no provider."""
