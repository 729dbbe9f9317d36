"""What lets somebody in, or sends notices elsewhere, is changed only soon after signing in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from form_server.desk.entry.sessions import SignedIn
from outreach_kit.errors import HandoffError

FRESH: Final = timedelta(minutes=10)


class NotFresh(HandoffError):
    """The session began too long ago for this."""

    def __init__(self) -> None:
        super().__init__(
            "You signed in more than ten minutes ago, so nothing was changed. Sign in again, then "
            "try once more: a desk left open must not be enough for this."
        )


def is_fresh(user: SignedIn, now: datetime) -> bool:
    return now - user.started_at <= FRESH


def require_fresh(user: SignedIn, now: datetime) -> None:
    """Raises NotFresh, which is a page of its own."""
    if not is_fresh(user, now):
        raise NotFresh
