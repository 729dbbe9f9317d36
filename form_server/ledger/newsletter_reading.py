"""Newsletters as they are read: each issue with how far it has come, each copy with how it stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.moments import from_micros
from form_server.ledger.newsletter_rows import Copy, Issue, Progress
from form_server.ledger.rows import DeliveryState
from form_server.ledger.tables import delivery, newsletter_copy, newsletter_issue, unsubscribed

_TOLD: Final = {
    DeliveryState.PENDING: "waiting",
    DeliveryState.SENDING: "waiting",
    DeliveryState.TRANSMITTING: "waiting",
    DeliveryState.RETRYING: "waiting",
    DeliveryState.SENT: "sent",
    DeliveryState.UNKNOWN: "doubt",
    DeliveryState.ON_HOLD: "doubt",
    DeliveryState.STUCK: "refused",
    DeliveryState.DISMISSED: "dropped",
}
_HEAD: Final = [
    newsletter_issue.c[name]
    for name in (
        "id", "note", "audiences", "language", "subject", "readers", "sent_on", "actor", "created_at",
    )
]  # fmt: skip
COPIES: Final = sa.select(newsletter_copy, delivery.c.state, delivery.c.last_error).join(
    delivery, delivery.c.id == newsletter_copy.c.delivery_id
)


def read_mailed(connection: Connection, since: date) -> dict[str, date]:
    """When each address was last written to, from that day on; what was refused does not count."""
    query = (
        sa.select(newsletter_copy.c.address, sa.func.max(newsletter_issue.c.sent_on))
        .join(newsletter_issue, newsletter_issue.c.id == newsletter_copy.c.issue_id)
        .join(delivery, delivery.c.id == newsletter_copy.c.delivery_id)
        .where(
            newsletter_issue.c.sent_on >= since.isoformat(),
            delivery.c.state != DeliveryState.STUCK.value,
        )
        .group_by(newsletter_copy.c.address)
    )
    return {address: date.fromisoformat(on) for address, on in connection.execute(query)}


def read_issues(connection: Connection, which: sa.ColumnElement[bool], limit: int) -> list[Issue]:
    """The newest first."""
    query = sa.select(*_HEAD).where(which).order_by(newsletter_issue.c.id.desc()).limit(limit)
    rows = connection.execute(query).all()
    progress = _progress(connection, [row.id for row in rows])
    return [
        Issue(
            id=row.id,
            notes=tuple(row.note.splitlines()),
            audiences=tuple(row.audiences.splitlines()),
            language=row.language,
            subject=row.subject,
            readers=row.readers,
            sent_on=date.fromisoformat(row.sent_on),
            actor=row.actor,
            created_at=from_micros(row.created_at),
            progress=progress[row.id],
        )
        for row in rows
    ]


def _progress(connection: Connection, issue_ids: Collection[str]) -> dict[str, Progress]:
    """In two queries for all of them."""
    counts: dict[str, dict[str, int]] = {one: {} for one in issue_ids}
    own = newsletter_copy.c.issue_id.in_(issue_ids)
    states = (
        sa.select(newsletter_copy.c.issue_id, delivery.c.state, sa.func.count())
        .join(delivery, delivery.c.id == newsletter_copy.c.delivery_id)
        .where(own)
        .group_by(newsletter_copy.c.issue_id, delivery.c.state)
    )
    for issue_id, state, many in connection.execute(states):
        told, count = _TOLD[DeliveryState(state)], counts[issue_id]
        count[told] = count.get(told, 0) + many
    left = (
        sa.select(newsletter_copy.c.issue_id, sa.func.count())
        .join(newsletter_issue, newsletter_issue.c.id == newsletter_copy.c.issue_id)
        .join(unsubscribed, unsubscribed.c.address == newsletter_copy.c.address)
        .where(own, unsubscribed.c.at >= newsletter_issue.c.created_at)
        .group_by(newsletter_copy.c.issue_id)
    )
    for issue_id, many in connection.execute(left):
        counts[issue_id]["left_since"] = many
    return {issue_id: Progress(**count) for issue_id, count in counts.items()}


def to_copy(row: sa.Row[tuple[object, ...]]) -> Copy:
    return Copy(
        delivery_id=row.delivery_id,
        issue_id=row.issue_id,
        address=row.address,
        source_code=row.source_code,
        state=DeliveryState(row.state),
        last_error=row.last_error or "",
    )
