"""Who watches from outside: the token that reads the metrics, and the address that expects a sign of life."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from form_server.environment import Reader, is_web_address

_SHORTEST_TOKEN: Final = 16


@dataclass(frozen=True)
class WatchSettings:
    """Empty where nobody watches."""

    metrics_token: str = field(default="", repr=False)
    ping_url: str = field(default="", repr=False)
    """Whoever has it can say that all is well, so it is as secret as the token."""


def read_watch(reader: Reader) -> WatchSettings:
    """What is wrong is left with the reader."""
    token, ping_url = reader.secret("METRICS_TOKEN"), reader.secret("PING_URL")
    if token and len(token) < _SHORTEST_TOKEN:
        reader.complain(
            "METRICS_TOKEN",
            "It is short enough to be guessed.",
            f"Set it to {_SHORTEST_TOKEN} characters or more, like what "
            "`python -c 'import secrets; print(secrets.token_urlsafe(32))'` prints.",
        )
    if ping_url and not is_web_address(ping_url, bare=False):
        reader.complain(
            "PING_URL",
            "It is no secure web address.",
            "Write the whole address that the monitoring gave you, like "
            "https://ping.example.org/1f2e3d.",
        )
    return WatchSettings(token, ping_url)
