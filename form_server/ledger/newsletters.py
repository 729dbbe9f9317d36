"""Newsletters: what went out, a copy for each reader, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.intake import delivery_values
from form_server.ledger.mailing_list import hold_list, plain_address
from form_server.ledger.moments import to_micros
from form_server.ledger.newsletter_reading import COPIES, read_issues, read_mailed, to_copy
from form_server.ledger.newsletter_rows import Copy, Issue, IssueText, NewCopy, NewIssue
from form_server.ledger.rows import DeliveryState
from form_server.ledger.tables import (
    NEEDS_SOMEBODY,
    delivery,
    newsletter_copy,
    newsletter_issue,
    unsubscribed,
)

_WAITING: Final = [
    state.value for state in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.RETRYING)
]
_AT_ONCE: Final = 500


class Newsletters:
    """Each method is one transaction."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def send(self, new: NewIssue, copies: Sequence[NewCopy], *, not_since: date, actor: str) -> int:
        """Writes an issue and what is to be delivered of it; to how many readers.

        Whoever left meanwhile, or was written to on `not_since` or later, is passed over; an issue
        that is there already stays as it is, so that a second tap sends nothing twice.
        """
        with self._store.write() as connection:
            hold_list(self._store, connection)
            this = newsletter_issue.c.id == new.id
            before: int | None = connection.scalar(
                sa.select(newsletter_issue.c.readers).where(this)
            )
            if before is not None:
                return before
            left = set(connection.scalars(sa.select(unsubscribed.c.address)))
            left |= read_mailed(connection, not_since).keys()
            chosen = [one for one in copies if plain_address(one.delivery.address) not in left]
            if not chosen:
                return 0
            now = to_micros(self._clock())
            connection.execute(newsletter_issue.insert(), _issue_row(new, len(chosen), actor, now))
            rows = delivery_values([one.delivery for one in chosen], now)
            connection.execute(delivery.insert(), rows)
            connection.execute(newsletter_copy.insert(), [_copy_row(one, new) for one in chosen])
            detail = f"{new.id} readers={len(chosen)}"
            self._audit.append(connection, "newsletter.sent", actor=actor, detail=detail)
        self._store.wake.set()
        return len(chosen)

    def stop(self, issue_id: str, *, actor: str) -> int:
        """Takes back what has not gone out; how many. Their readers may be sent another at once."""
        mine = sa.select(newsletter_copy.c.delivery_id).where(
            newsletter_copy.c.issue_id == issue_id
        )
        with self._store.write() as connection:
            hold_list(self._store, connection)
            update = delivery.update().where(
                delivery.c.state.in_(_WAITING), delivery.c.id.in_(mine)
            )
            gone = list(connection.scalars(_dismissed(update).returning(delivery.c.id)))
            for start in range(0, len(gone), _AT_ONCE):
                copies = newsletter_copy.c.delivery_id.in_(gone[start : start + _AT_ONCE])
                connection.execute(newsletter_copy.delete().where(copies))
            detail = f"{issue_id} unsent={len(gone)}"
            self._audit.append(connection, "newsletter.stopped", actor=actor, detail=detail)
        return len(gone)

    def let_be(self, issue_id: str, *, actor: str) -> int:
        """Ends all copies of an issue that are in doubt or were refused; how many."""
        mine = sa.select(newsletter_copy.c.delivery_id).where(
            newsletter_copy.c.issue_id == issue_id
        )
        with self._store.write() as connection:
            update = delivery.update().where(NEEDS_SOMEBODY, delivery.c.id.in_(mine))
            ended = connection.execute(_dismissed(update)).rowcount
            detail = f"{issue_id} count={ended}"
            self._audit.append(connection, "newsletter.let_be", actor=actor, detail=detail)
        return ended

    def issues(self, limit: int = 8, *, before: str = "") -> list[Issue]:
        """The newest first; those that are older than one, where it is named."""
        which = newsletter_issue.c.id < before if before else sa.true()
        with self._store.read() as connection:
            return read_issues(connection, which, limit)

    def issue(self, issue_id: str) -> Issue:
        """Raises NotFound."""
        with self._store.read() as connection:
            found = read_issues(connection, newsletter_issue.c.id == issue_id, 1)
        if not found:
            raise NotFound("newsletter", issue_id)
        return found[0]

    def has(self, issue_id: str) -> bool:
        this = sa.select(newsletter_issue.c.id).where(newsletter_issue.c.id == issue_id)
        with self._store.read() as connection:
            return connection.scalar(this) is not None

    def text(self, issue_id: str) -> IssueText:
        """Raises NotFound."""
        with self._store.read() as connection:
            columns = (newsletter_issue.c[field.name] for field in fields(IssueText))
            query = sa.select(*columns).where(newsletter_issue.c.id == issue_id)
            row = connection.execute(query).first()
        if row is None:
            raise NotFound("newsletter", issue_id)
        return IssueText(row.subject, row.html, row.plain)

    def mailed_on(self, since: date) -> dict[str, date]:
        """When each address was last written to, or may have been, from that day on; what was refused
        does not count."""
        with self._store.read() as connection:
            return read_mailed(connection, since)

    def needing_somebody(self, *, limit: int, issue_id: str | None = None) -> list[Copy]:
        """Copies in doubt first, then those that were refused; of one issue or of all."""
        which = NEEDS_SOMEBODY if issue_id is None else sa.and_(
            NEEDS_SOMEBODY, newsletter_copy.c.issue_id == issue_id
        )  # fmt: skip
        refused = sa.case((delivery.c.state == DeliveryState.STUCK.value, 1), else_=0)
        query = COPIES.where(which).order_by(refused, newsletter_copy.c.address).limit(limit)
        with self._store.read() as connection:
            return [to_copy(row) for row in connection.execute(query)]

    def count_in_doubt(self) -> int:
        """A look at the few rows that need somebody, whatever has gone out."""
        query = (
            sa.select(sa.func.count())
            .select_from(delivery)
            .join(newsletter_copy, newsletter_copy.c.delivery_id == delivery.c.id)
            .where(NEEDS_SOMEBODY, delivery.c.state != DeliveryState.STUCK.value)
        )
        with self._store.read() as connection:
            return connection.scalar(query) or 0

    def copy(self, delivery_id: str) -> Copy:
        """Raises NotFound for a delivery that is no reader's copy."""
        query = COPIES.where(newsletter_copy.c.delivery_id == delivery_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFound("newsletter's copy", delivery_id)
        return to_copy(row)


def _dismissed(update: sa.Update) -> sa.Update:
    state = DeliveryState.DISMISSED.value
    return update.values(state=state, parcel=None, owner=None, claimed_at=None)


def _issue_row(new: NewIssue, readers: int, actor: str, now: int) -> dict[str, object]:
    return {
        "id": new.id,
        "note": "\n".join(new.notes),
        "readers": readers,
        "sent_on": new.sent_on.isoformat(),
        "actor": actor,
        "created_at": now,
        "language": new.language,
        "audiences": "\n".join(new.audiences),
        "subject": new.text.subject,
        "html": new.text.html,
        "plain": new.text.plain,
    }


def _copy_row(one: NewCopy, issue: NewIssue) -> dict[str, object]:
    return {
        "delivery_id": one.delivery.id,
        "issue_id": issue.id,
        "address": plain_address(one.delivery.address),
        "token_hash": one.token_hash,
        "source_code": one.source_code,
    }
