"""Flags that the ledger itself looks at, and the conditions that find them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from form_server.ledger.tables import referral

QUARANTINE: Final = "quarantine"
"""Looks automatic: kept aside, with its seal and its clock."""
DRILL: Final = "drill"
"""Sent by the server itself, to see who taps; nobody waits behind it."""
ANNOUNCED: Final = "announced"
"""Was in an announcement of what is kept aside."""


def flagged(flag: str) -> sa.ColumnElement[bool]:
    """Whether a referral has the flag, which is a word among words parted by spaces."""
    return (" " + referral.c.flags + " ").like(f"% {flag} %")
