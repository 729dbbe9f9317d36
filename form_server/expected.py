"""Whether the state is the one that this installation had: a container's disk can fail to be mounted.

An empty folder looks like a new installation, and would be served as one. Where the settings name the
key that is expected, nothing starts, and nothing is made, without it.
"""

from __future__ import annotations

from pathlib import Path

from form_server.ledger import sqlite_file
from form_server.settings import Settings
from form_server.vault import ServerKey
from outreach_kit.errors import HandoffError

_TODO = (
    "Mount the disk that holds it, or bring a backup back with `python -m form_server restore`. "
    "Only for a new installation: unset HANDOFF_KEY_FINGERPRINT."
)


class StateMissing(HandoffError):
    """The settings expect a state, and its place is empty."""

    def __init__(self, place: Path) -> None:
        self.place = place
        super().__init__(
            f"{place} is not there, although HANDOFF_KEY_FINGERPRINT says that this installation "
            f"has a state. {_TODO}"
        )


class OtherState(HandoffError):
    """The state in place belongs to another installation."""

    def __init__(self, place: Path, found: str) -> None:
        self.place = place
        self.found = found
        super().__init__(
            f"{place} holds the key {found}, and HANDOFF_KEY_FINGERPRINT expects another. {_TODO}"
        )


def require_expected_state(settings: Settings) -> None:
    """Makes nothing. Raises StateMissing, OtherState, ServerKeyDamaged or MachineError."""
    if not settings.key_fingerprint:
        return
    database = sqlite_file(settings.database_url)
    for place in (settings.key_file, database):
        if place is not None and not place.is_file():
            raise StateMissing(place)
    found = ServerKey.load(settings.key_file).fingerprint
    if found.replace("-", "") != settings.key_fingerprint:
        raise OtherState(settings.key_file, found)
