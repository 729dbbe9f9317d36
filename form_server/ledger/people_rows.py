"""What the ledger takes in and hands out about users, inboxes, keys, recipients and sessions.

Public keys are in clear; every private key arrives locked, and is handed out locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from form_server.ledger.rows import Channel


class Role(StrEnum):
    OWNER = "owner"
    CLINICIAN = "clinician"
    FRONT_DESK = "front_desk"


@dataclass(frozen=True)
class NewUser:
    id: str
    name: str
    email: str
    role: Role
    public_key: bytes
    locked_private_key: bytes


@dataclass(frozen=True)
class User(NewUser):
    """`email` is lower case; `removed_at` is None while the user may sign in."""

    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True)
class NewInbox:
    """`clinician` is the slug whose referrals land here, or None for the practice's front desk."""

    id: str
    name: str
    clinician: str | None


@dataclass(frozen=True)
class Inbox(NewInbox):
    created_at: datetime


@dataclass(frozen=True)
class InboxKey:
    """The version with the highest number is the one that new referrals are sealed to."""

    inbox_id: str
    version: int
    public_key: bytes


class HolderKind(StrEnum):
    USER = "user"
    RECOVERY = "recovery"
    INVITATION = "invitation"  # until it is taken up, or expires


@dataclass(frozen=True)
class Holder:
    """Somebody to whom inbox keys can be wrapped."""

    kind: HolderKind
    id: str
    public_key: bytes


@dataclass(frozen=True)
class Grant:
    """An inbox's private key, wrapped to the public key of one holder."""

    inbox_id: str
    version: int
    holder_kind: HolderKind
    holder_id: str
    wrapped_key: bytes


@dataclass(frozen=True)
class RecoveryKey:
    """The key pair that the recovery sheet opens."""

    id: str
    public_key: bytes
    locked_private_key: bytes


@dataclass(frozen=True)
class NewInvitation:
    """`token_hash` names the link; `public_key` belongs to a key that only the link yields."""

    id: str
    token_hash: bytes
    name: str
    email: str
    role: Role
    public_key: bytes
    expires_at: datetime


@dataclass(frozen=True)
class Invitation(NewInvitation):
    created_at: datetime


@dataclass(frozen=True)
class NewPasskey:
    """`credential_id` and `public_key` are as the device gave them; the user's private key is
    locked under what the device's PRF answers. The lock is empty for a device that is only asked
    for as a second factor."""

    id: str
    user_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    locked_private_key: bytes
    label: str


@dataclass(frozen=True)
class Passkey(NewPasskey):
    created_at: datetime
    last_used_at: datetime | None

    @property
    def opens_key(self) -> bool:
        return bool(self.locked_private_key)


@dataclass(frozen=True)
class Recipient:
    """Where an inbox's notices go; position 0 is told first."""

    id: str
    inbox_id: str
    channel: Channel
    address: str
    position: int
    user_id: str | None = None


@dataclass(frozen=True)
class Leave:
    """Whole days, both ends included, on which an inbox's first person is away.

    `cover_inbox_id` takes its new referrals meanwhile; `cover_user_id`, who can open the inbox, is
    told first. With neither, nobody answers, and promises do not count these days.
    """

    id: str
    inbox_id: str
    first_on: date
    last_on: date
    cover_inbox_id: str | None = None
    cover_user_id: str | None = None

    @property
    def is_covered(self) -> bool:
        return self.cover_inbox_id is not None or self.cover_user_id is not None


@dataclass(frozen=True)
class NewSession:
    """`token_hash` names the cookie; `sealed_user_key` opens with a secret only the cookie has.

    `label` tells the user which session it is, such as "Firefox on Linux".
    """

    token_hash: bytes
    user_id: str
    sealed_user_key: bytes
    created_at: datetime
    expires_at: datetime
    label: str


@dataclass(frozen=True)
class Session(NewSession):
    last_seen_at: datetime


@dataclass(frozen=True)
class Failures:
    """Failed sign-ins counted under one key since the last success."""

    count: int
    first_at: datetime
    last_at: datetime
