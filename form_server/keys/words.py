"""Other six words for a key that stays: nothing that it opens has to be wrapped again."""

from __future__ import annotations

from form_server.keys.holding import Keyholder
from form_server.ledger import Ledger
from form_server.vault import generate_passphrase, lock


def renew_words(ledger: Ledger, by: Keyholder) -> str:
    """The new six words of a user; the old ones open nothing any more. Raises PassphraseBusy."""
    passphrase = generate_passphrase()
    locked = lock(by.key.to_bytes(), passphrase, about=by.id)
    ledger.people.relock(by.id, locked, actor=by.actor)
    return passphrase
