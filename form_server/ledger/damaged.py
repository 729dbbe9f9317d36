"""Deliveries that no program wrote as they are: put aside for somebody to see, so that none of them
holds up the others.

A disk that errs, or a hand in the database, can leave a word that means nothing. Whoever claims such
a row cannot even say of it that it failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.moments import to_micros
from form_server.ledger.rows import Channel, DeliveryKind, DeliveryState
from form_server.ledger.tables import delivery

_WHY: Final = (
    "This row of the ledger is damaged, so it was not sent. See whether what it was about is well, "
    "then dismiss it; if there are more, check the disk and bring a backup back."
)


def put_damaged_aside(store: Store, audit: Audit, ids: Sequence[str], now: datetime) -> None:
    """Stuck, with words in place of those that mean nothing, so that the desk can show them."""
    moment = to_micros(now)
    about_a_referral = delivery.c.referral_id.is_not(None)
    values = {
        "state": DeliveryState.STUCK.value,
        "owner": None,
        "claimed_at": None,
        "kind": sa.case(
            (delivery.c.kind.in_([kind.value for kind in DeliveryKind]), delivery.c.kind),
            (about_a_referral, DeliveryKind.NOTICE.value),
            else_=DeliveryKind.ALERT.value,
        ),
        "channel": sa.case(
            (delivery.c.channel.in_([way.value for way in Channel]), delivery.c.channel),
            else_=Channel.EMAIL.value,
        ),
        "due_at": moment,
        "created_at": moment,
        "last_error": _WHY,
    }
    with store.write() as connection:
        connection.execute(delivery.update().where(delivery.c.id.in_(ids)).values(values))
        detail = f"deliveries={len(ids)}"
        audit.append(connection, "delivery.damaged", actor="worker", detail=detail)
