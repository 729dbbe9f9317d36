"""Whoever changes people or keys has just signed in, or types their six words once more."""

from __future__ import annotations

from flask import request

from form_server.desk.console import Desk
from form_server.desk.copies.confirming import Unconfirmed, confirm
from form_server.desk.entry.fresh import is_fresh
from form_server.desk.entry.sessions import SignedIn
from form_server.keys import (
    InboxTaken,
    Keyholder,
    KeyReplaced,
    LastOwner,
    NobodyLeft,
    NotAllowed,
    NotHeld,
)
from form_server.ledger import EmailTaken
from form_server.vault import VaultRefused
from outreach_kit.errors import UsageError

REFUSALS = (
    Unconfirmed,
    UsageError,
    EmailTaken,
    InboxTaken,
    KeyReplaced,
    LastOwner,
    NobodyLeft,
    NotAllowed,
    NotHeld,
    VaultRefused,
)
"""What a page of people or keys says in its own words, with nothing changed."""


def asks_words(desk: Desk, user: SignedIn) -> bool:
    return not is_fresh(user, desk.clock())


def require_sure(desk: Desk, user: SignedIn) -> None:
    """Raises Unconfirmed, with the same waits as at the door."""
    if asks_words(desk, user):
        confirm(desk, user, request.form.get("passphrase", ""))


def holder_of(user: SignedIn) -> Keyholder:
    """Raises KeyReplaced."""
    return Keyholder.of_user(user.user, user.key)
