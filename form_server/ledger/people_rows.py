"""What the ledger takes in and hands out about users, inboxes, keys, recipients and sessions.

Public keys are in clear; every private key arrives locked, and is handed out locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
class Recipient:
    """Where an inbox's notices go; position 0 is told first."""

    id: str
    inbox_id: str
    channel: Channel
    address: str
    position: int
    user_id: str | None = None


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
