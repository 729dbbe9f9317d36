"""What is kept of the practice itself: its people, keys, devices, papers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from form_server.desk.privacy.data_guards import DESK, OWNERS, SERVER, Entry, Kept, entry

PRACTICE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "desk_setting": entry(
            "What is set at the desk instead of in the practice folder, and what it was before",
            Kept.PRACTICE,
            OWNERS,
            clear="name value previous changed_at",
        ),
        "inbox": entry(
            "Whose referrals land where",
            Kept.PRACTICE,
            DESK,
            clear="id name clinician created_at",
        ),
        "inbox_key": entry(
            "What referrals are sealed to; it opens nothing",
            Kept.PRACTICE,
            SERVER,
            clear="inbox_id version public_key created_at",
        ),
        "inbox_grant": entry(
            "Inbox keys, wrapped for each person who may open them",
            Kept.PRACTICE,
            "The person it is wrapped for",
            locked="wrapped_key",
            clear="inbox_id version holder_kind holder_id created_at",
        ),
        "desk_user": entry(
            "Who can sign in; no password, and no hash of one",
            Kept.PRACTICE,
            OWNERS,
            locked="locked_private_key",
            clear="id name email role public_key created_at removed_at",
        ),
        "passkey": entry(
            "Devices that sign in with one touch",
            Kept.PRACTICE,
            "The person whose device it is",
            locked="locked_private_key",
            clear="id user_id credential_id public_key sign_count label created_at last_used_at",
        ),
        "authenticator": entry(
            "The secret of a six-digit code, sealed to this server",
            Kept.PRACTICE,
            SERVER,
            server="sealed_secret",
            clear="user_id last_step created_at",
        ),
        "calendar_link": entry(
            "The address under which somebody's calendar reads when offices are due, as a hash",
            Kept.PRACTICE,
            SERVER,
            hashed="token_hash",
            clear="user_id created_at",
        ),
        "recovery_key": entry(
            "What the sheet on paper opens",
            Kept.PRACTICE,
            "Who holds the sheet",
            locked="locked_private_key",
            clear="id public_key created_at retired_at",
        ),
        "invitation": entry(
            "Invitations that are not taken up yet",
            Kept.MINUTES,
            OWNERS,
            hashed="token_hash",
            clear="id name email role public_key created_at expires_at",
        ),
        "session": entry(
            "Who is signed in, on what",
            Kept.SESSION,
            "The person themselves",
            locked="sealed_user_key",
            hashed="token_hash",
            clear="user_id label created_at last_seen_at expires_at",
        ),
        "sign_in_step": entry(
            "A sign-in that waits for its code",
            Kept.MINUTES,
            SERVER,
            locked="sealed_user_key",
            hashed="token_hash",
            clear="user_id expires_at",
        ),
        "sign_in_failure": entry(
            "Failed sign-ins, counted",
            Kept.MINUTES,
            SERVER,
            hashed="key",
            clear="failures first_at last_at",
        ),
        "spent_challenge": entry(
            "Answers of passkeys that count no second time",
            Kept.MINUTES,
            SERVER,
            hashed="hash",
            clear="expires_at",
        ),
        "recipient": entry(
            "Whom notices go to",
            Kept.PRACTICE,
            OWNERS,
            clear="id inbox_id channel address position user_id",
        ),
        "absence": entry(
            "When somebody is away, and who covers",
            Kept.PRACTICE,
            DESK,
            clear="id inbox_id first_on last_on cover_inbox_id cover_user_id",
        ),
        "agreement": entry(
            "Agreements with vendors",
            Kept.ALWAYS,
            OWNERS,
            clear="id vendor purpose mail_server signed_on renews_on signed_by recorded_by "
            "recorded_at ended_at",
        ),
        "diligence": entry(
            "What was done for privacy",
            Kept.ALWAYS,
            OWNERS,
            clear="id kind done_on words recorded_by recorded_at",
        ),
        "meta": entry(
            "Facts about this installation",
            Kept.PRACTICE,
            SERVER,
            clear="key value",
        ),
    }
)
