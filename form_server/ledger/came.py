"""Which referrals count where sources are weighed: no drill, no spam, nothing twice, nothing kept aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from form_server.ledger.flags import QUARANTINE, flagged
from form_server.ledger.moments import to_micros
from form_server.ledger.rows import Outcome
from form_server.ledger.tables import referral

_NOBODY = [Outcome.SPAM.value, Outcome.DUPLICATE.value, Outcome.DRILL.value]

CODE = sa.func.coalesce(referral.c.source, "").label("code")
"""The source's, or "" for what came under none."""


def came(
    inbox_ids: Sequence[str], since: datetime, until: datetime
) -> list[sa.ColumnElement[bool]]:
    """Received from `since` to just before `until`."""
    columns = referral.c
    return [
        columns.inbox_id.in_(inbox_ids),
        columns.received_at >= to_micros(since),
        columns.received_at < to_micros(until),
        sa.or_(columns.outcome.is_(None), columns.outcome.not_in(_NOBODY)),
        # Most have no flag at all, and are not searched for one.
        sa.or_(columns.flags == "", sa.not_(sa.or_(flagged("drill"), flagged(QUARANTINE)))),
    ]
