"""Where a conversation with a mail server can go wrong, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What the server is about to answer."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the command
    BODY = "body"  # after 354, with the message still on its way
    DOT = "dot"  # after the end-of-data mark
    RSET = "rset"
    NOOP = "noop"
    QUIT = "quit"


@dataclass(frozen=True)
class Answer:
    """Says this instead of yes, and goes on (after 421 it closes, as it has said)."""

    code: int
    words: str = "as you asked"


@dataclass(frozen=True)
class Drop:
    """Resets the connection; `kept` (after the dot) takes the message first."""

    kept: bool = False


@dataclass(frozen=True)
class Hang:
    """Says nothing more; `kept` (after the dot) takes the message first."""

    kept: bool = False


@dataclass(frozen=True)
class Trickle:
    """Answers for ever, a byte at a time."""

    pause_s: float = 0.05


@dataclass(frozen=True)
class Slow:
    """Does as it should, only later."""

    seconds: float


@dataclass(frozen=True)
class Stammer:
    """Says this ahead of what it should say, in one packet with it; then does as it should."""

    code: int
    words: str = "as you asked"


Action = Answer | Drop | Hang | Trickle | Slow | Stammer
Choose = Callable[[Stage, str], Action | None]
"""The stage and the recipient's address (empty where none is known) -> what to do, if anything."""
