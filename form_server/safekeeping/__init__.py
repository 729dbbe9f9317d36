"""The state carried out of the house and back: backup, restore, and what must stay deleted.

Everything in an archive is sealed as it is in the ledger; the keys that open it lie elsewhere.
"""

from form_server.safekeeping.archive import ArchiveRefused
from form_server.safekeeping.backing_up import BackedUp, back_up
from form_server.safekeeping.deletions import DeletionLog
from form_server.safekeeping.manifest import Manifest
from form_server.safekeeping.postgres_tools import PostgresTools, ToolFailed, ToolsMissing
from form_server.safekeeping.restoring import NotEmpty, restore
from form_server.safekeeping.reviving import Restored
from form_server.safekeeping.server_keys import Keys, WrongServerKey

__all__ = [
    "ArchiveRefused",
    "BackedUp",
    "DeletionLog",
    "Keys",
    "Manifest",
    "NotEmpty",
    "PostgresTools",
    "Restored",
    "ToolFailed",
    "ToolsMissing",
    "WrongServerKey",
    "back_up",
    "restore",
]
