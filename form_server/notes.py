"""Notes about those who refer, sealed: what was heard at an office may be about a patient after all."""

from __future__ import annotations

from typing import Final

from form_server.ledger import Ledger, SealedNote
from form_server.vault import Binding, PublicKey, seal

PART: Final = "visit"


def seal_note(ledger: Ledger, inbox_id: str, visit_id: str, words: str) -> SealedNote:
    """To the inbox's newest key, for the one row. Raises NotFound, KeyDamaged.

    Sealing takes no secret, so a command does it too.
    """
    key = ledger.inboxes.active_key(inbox_id)
    about = note_binding(ledger.meta.instance_id(), visit_id, inbox_id, key.version)
    sealed = seal(words.encode(), PublicKey.from_bytes(key.public_key), about)
    return SealedNote(inbox_id, key.version, sealed)


def note_binding(instance: str, visit_id: str, inbox_id: str, key_version: int) -> Binding:
    return Binding(instance, visit_id, inbox_id, key_version, PART)
