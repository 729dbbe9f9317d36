"""Sessions: begun at sign-in, ended by sign-out, by fifteen idle minutes, or by the end of the day."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from form_server.desk.console import IDLE, LONGEST, Desk
from form_server.ledger import NewSession, NotFound, User
from form_server.vault import PrivateKey, SessionRefused, SessionSecret

# Each touch is a commit; the log-off may come this much early, never late.
_TOUCHED_EVERY: Final = timedelta(seconds=20)
_BROWSERS: Final = (
    ("Edge", r"\bEdgA?/|\bEdgiOS/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bChrome/|\bCriOS/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS: Final = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


@dataclass(frozen=True)
class SignedIn:
    """A request's user, with the key that opens what they may read."""

    user: User
    key: PrivateKey = field(repr=False)
    secret: SessionSecret = field(repr=False)
    started_at: datetime
    last_seen_at: datetime

    @property
    def csrf_token(self) -> str:
        """The proof that a form came from one of this session's own pages."""
        return base64.urlsafe_b64encode(self.secret.derive("csrf")).decode().rstrip("=")

    @property
    def actor(self) -> str:
        return f"user:{self.user.id}"


def begin_session(desk: Desk, user: User, key: PrivateKey, user_agent: str) -> SessionSecret:
    """A session under a secret of its own, whatever the browser brought along."""
    now = desk.clock()
    desk.ledger.sessions.purge(now)
    secret = SessionSecret.generate()
    desk.ledger.sessions.start(
        NewSession(
            token_hash=secret.token_hash,
            user_id=user.id,
            sealed_user_key=secret.seal_key(key, about=user.id),
            created_at=now,
            expires_at=now + IDLE,
            label=describe_device(user_agent),
        )
    )
    return secret


def resume_session(desk: Desk, token: str) -> SignedIn:
    """The session that a cookie names; raises SessionRefused when it has ended or never was."""
    secret = SessionSecret.from_token(token)
    session = desk.ledger.sessions.get(secret.token_hash, desk.clock())
    if session is None:
        raise SessionRefused
    try:
        user = desk.ledger.people.user(session.user_id)
    except NotFound as error:
        raise SessionRefused from error
    if user.removed_at is not None:
        raise SessionRefused
    key = secret.open_key(session.sealed_user_key, about=user.id)
    return SignedIn(user, key, secret, session.created_at, session.last_seen_at)


def keep_alive(desk: Desk, signed_in: SignedIn) -> None:
    """Puts the log-off another fifteen minutes away, never past the longest session."""
    now = desk.clock()
    if now - signed_in.last_seen_at < _TOUCHED_EVERY:
        return
    until = min(now + IDLE, signed_in.started_at + LONGEST)
    desk.ledger.sessions.touch(signed_in.secret.token_hash, now, until)


def end_session(desk: Desk, signed_in: SignedIn) -> None:
    desk.ledger.sessions.revoke(signed_in.secret.token_hash, actor=signed_in.actor)


def describe_device(user_agent: str) -> str:
    """“Safari on iPhone”, for the list of sessions; nothing of the header itself is kept."""
    browser = _first_match(_BROWSERS, user_agent) or "A browser"
    system = _first_match(_SYSTEMS, user_agent)
    return f"{browser} on {system}" if system else browser


def _first_match(choices: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in choices if re.search(pattern, text)), None)
