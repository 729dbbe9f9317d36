"""The state carried out of the house and back: backup, restore, and what must stay deleted.

Everything in an archive is sealed as it is in the ledger; the keys that open it lie elsewhere.
"""

from form_server.safekeeping.archive import ArchiveRefused
from form_server.safekeeping.backing_up import BackedUp, back_up
from form_server.safekeeping.deletions import DeletionLog
from form_server.safekeeping.manifest import Manifest
from form_server.safekeeping.restoring import NotEmpty, Restored, WrongServerKey, restore

__all__ = [
    "ArchiveRefused",
    "BackedUp",
    "DeletionLog",
    "Manifest",
    "NotEmpty",
    "Restored",
    "WrongServerKey",
    "back_up",
    "restore",
]
