"""A sign-in between the six words and the second factor: the key is open, and nobody is in.

The opened key waits sealed under a cookie of its own, in a table that no session is read from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from flask import Response

from form_server.desk.console import Desk
from form_server.desk.entry.cookies import STEP, drop_cookie, read_cookie, set_step_cookie
from form_server.keys import Keyholder
from form_server.ledger import NotFound, SignInStep, User
from form_server.vault import PrivateKey, SessionRefused, SessionSecret

WAITS: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Waiting:
    """Whose six words fitted, and their key."""

    user: User
    secret: SessionSecret = field(repr=False)
    key: PrivateKey = field(repr=False)

    @property
    def holder(self) -> Keyholder:
        """Raises KeyReplaced."""
        return Keyholder.of_user(self.user, self.key)


def begin_waiting(desk: Desk, user: User, key: PrivateKey, response: Response) -> None:
    secret = SessionSecret.generate()
    desk.ledger.second_factors.begin(
        SignInStep(
            token_hash=secret.token_hash,
            user_id=user.id,
            sealed_user_key=secret.seal_key(key, about=_about(user.id)),
            expires_at=desk.clock() + WAITS,
        )
    )
    set_step_cookie(desk, response, secret.token, WAITS)


def find_waiting(desk: Desk) -> Waiting:
    """The sign-in that this browser began; raises SessionRefused when it waited too long."""
    secret = SessionSecret.from_token(read_cookie(desk, STEP) or "")
    step = desk.ledger.second_factors.waiting(secret.token_hash)
    if step is None:
        raise SessionRefused
    user = desk.ledger.people.user(step.user_id)
    if user.removed_at is not None:
        raise SessionRefused
    return Waiting(user, secret, secret.open_key(step.sealed_user_key, about=_about(user.id)))


def end_waiting(desk: Desk, waiting: Waiting, response: Response) -> None:
    """Raises SessionRefused when it was taken up a moment ago."""
    try:
        desk.ledger.second_factors.end(waiting.secret.token_hash)
    except NotFound as error:
        raise SessionRefused from error
    drop_cookie(desk, response, STEP)


def _about(user_id: str) -> str:
    """Not what a session is bound to: a waiting key opens as no session."""
    return f"waiting {user_id}"
