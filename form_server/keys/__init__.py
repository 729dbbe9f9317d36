"""Who can open what: users, inboxes, invitations, passkeys and the recovery sheet.

Stands on ledger and vault. A user is added by wrapping inbox keys once more, and removed by making
new ones; no referral is ever sealed again for that, only when it moves to another inbox.
"""

from form_server.keys.errors import (
    InboxTaken,
    KeyReplaced,
    LastOwner,
    NobodyLeft,
    NoSuchInbox,
    NoSuchUser,
    NotAllowed,
    NotHeld,
    NothingToRecover,
)
from form_server.keys.holding import (
    Keyholder,
    find_user,
    open_sheet,
    open_user,
)
from form_server.keys.inboxes import (
    add_inbox,
    find_inbox,
    grant_inbox,
    rotate_inbox,
    ungrant_inbox,
)
from form_server.keys.invitations import (
    GOOD_FOR,
    Accepted,
    Invited,
    accept,
    find_invitation,
    invite,
    take_back,
)
from form_server.keys.moving import move_referral
from form_server.keys.passkeys import Registered, add_passkey, open_with_passkey
from form_server.keys.recovery import Readmission, readmit, renew_recovery
from form_server.keys.second_factor import (
    Asked,
    add_authenticator,
    add_second_device,
    meet_digits,
    must_set_up,
    reset_second_factor,
    second_factor_of,
)
from form_server.keys.users import Joined, Removed, add_user, change_role, remove_user
from form_server.keys.words import renew_words

__all__ = [
    "GOOD_FOR",
    "Accepted",
    "Asked",
    "InboxTaken",
    "Invited",
    "Joined",
    "KeyReplaced",
    "Keyholder",
    "LastOwner",
    "NoSuchInbox",
    "NoSuchUser",
    "NobodyLeft",
    "NotAllowed",
    "NotHeld",
    "NothingToRecover",
    "Readmission",
    "Registered",
    "Removed",
    "accept",
    "add_authenticator",
    "add_inbox",
    "add_passkey",
    "add_second_device",
    "add_user",
    "change_role",
    "find_inbox",
    "find_invitation",
    "find_user",
    "grant_inbox",
    "invite",
    "meet_digits",
    "move_referral",
    "must_set_up",
    "open_sheet",
    "open_user",
    "open_with_passkey",
    "readmit",
    "remove_user",
    "renew_recovery",
    "renew_words",
    "reset_second_factor",
    "rotate_inbox",
    "second_factor_of",
    "take_back",
    "ungrant_inbox",
]
