"""The tables, the same in SQLite and PostgreSQL.

Columns are String, Integer, BigInteger and LargeBinary only: statements compiled ahead of time run
on the bare driver, where no column type gets to convert anything. Moments are microseconds since
1970 UTC (`*_at`, `promised_by`). Changing a table here asks for a migration beside it.
"""

from __future__ import annotations

from form_server.ledger.tables.base import (
    CHAINED,
    DUE,
    FREE,
    HELD,
    NEEDS_SOMEBODY,
    OPEN,
    PRESENT,
    TROUBLED,
    UNCHAINED,
    metadata,
)
from form_server.ledger.tables.calendars import calendar_link
from form_server.ledger.tables.colleagues import colleague, placement, sought
from form_server.ledger.tables.deliveries import delivery
from form_server.ledger.tables.groups import ON_LIST, claim, handover, opening, ring, waiting_place
from form_server.ledger.tables.newsletters import newsletter_copy, newsletter_issue, unsubscribed
from form_server.ledger.tables.people import (
    absence,
    desk_user,
    inbox,
    inbox_grant,
    inbox_key,
    invitation,
    passkey,
    recipient,
    recovery_key,
    session,
    sign_in_failure,
    spent_challenge,
)
from form_server.ledger.tables.privacy import agreement, amendment, diligence
from form_server.ledger.tables.questions import UNANSWERED, question
from form_server.ledger.tables.record import audit, meta
from form_server.ledger.tables.referrals import (
    attempt,
    deletion,
    fingerprint,
    first_call,
    ration,
    referral,
)
from form_server.ledger.tables.replies import NOT_GIVEN, appointment, closing, estimate, reply
from form_server.ledger.tables.second_factors import authenticator, sign_in_step
from form_server.ledger.tables.settings import desk_setting
from form_server.ledger.tables.sources import (
    NOT_MAILED,
    gift,
    source,
    source_person,
    stock_event,
    thank_you,
    visit,
)

__all__ = [
    "CHAINED",
    "DUE",
    "FREE",
    "HELD",
    "NEEDS_SOMEBODY",
    "NOT_GIVEN",
    "NOT_MAILED",
    "ON_LIST",
    "OPEN",
    "PRESENT",
    "TROUBLED",
    "UNANSWERED",
    "UNCHAINED",
    "absence",
    "agreement",
    "amendment",
    "appointment",
    "attempt",
    "audit",
    "authenticator",
    "calendar_link",
    "claim",
    "closing",
    "colleague",
    "deletion",
    "delivery",
    "desk_setting",
    "desk_user",
    "diligence",
    "estimate",
    "fingerprint",
    "first_call",
    "gift",
    "handover",
    "inbox",
    "inbox_grant",
    "inbox_key",
    "invitation",
    "meta",
    "metadata",
    "newsletter_copy",
    "newsletter_issue",
    "opening",
    "passkey",
    "placement",
    "question",
    "ration",
    "recipient",
    "recovery_key",
    "referral",
    "reply",
    "ring",
    "session",
    "sign_in_failure",
    "sign_in_step",
    "sought",
    "source",
    "source_person",
    "spent_challenge",
    "stock_event",
    "thank_you",
    "unsubscribed",
    "visit",
    "waiting_place",
]
