"""The six words once more, for what cannot be called back: with the same waits as at the door."""

from __future__ import annotations

from typing import Final

from flask import request

from form_server.desk.console import Desk
from form_server.desk.entry.admission import admit
from form_server.desk.entry.cookies import DEVICE, read_cookie
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.entry.throttle import TooManyTries
from form_server.keys import KeyReplaced
from form_server.vault import PassphraseBusy, PassphraseRefused
from outreach_kit.errors import HandoffError

_LONGEST: Final = 400


class Unconfirmed(HandoffError):
    """The words are missing, wrong, or tried too often; nothing was done."""


def confirm(desk: Desk, user: SignedIn, passphrase: str) -> None:
    """Raises Unconfirmed with what to do."""
    if not passphrase.strip():
        raise Unconfirmed("Type your six words, so that nobody at an open desk can do this.")
    try:
        admit(
            desk,
            user.user.email,
            passphrase[:_LONGEST],
            address=request.remote_addr or "",
            device_mark=read_cookie(desk, DEVICE),
        )
    except PassphraseRefused as refusal:
        raise Unconfirmed(
            "These are not your six words. Check each of them; capitals, spaces and hyphens do "
            "not matter."
        ) from refusal
    except (TooManyTries, PassphraseBusy, KeyReplaced) as refusal:
        raise Unconfirmed(str(refusal)) from refusal
