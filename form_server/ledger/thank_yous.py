"""Thank-you cards on paper: made in a batch, then mailed; a referral is thanked for when its card is.

A card covers all that a source sent up to one referral, so that nothing newer is thanked for unseen.
One that was spoiled, or that the post brought back, takes its thanks with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.owing import Owing, mark_thanked, unmark_thanked
from form_server.ledger.source_rows import CardOwed, ThankYou
from form_server.ledger.stock_moves import insert_moves
from form_server.ledger.tables import NOT_MAILED, inbox, source, thank_you
from form_server.ledger.visit_rows import Counted, NewVisit, StockMove
from form_server.ledger.visits import insert_visits


class ThankYous:
    """Each change is one commit, with its audit rows."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], audit: Audit, owing: Owing
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._owing = owing

    def to_print(self, inbox_ids: Sequence[str], received_before: datetime) -> list[CardOwed]:
        """By source, without what lies printed already; those of offices without a code last."""
        owed = self._owing.thanks(inbox_ids, received_before=received_before, printed_too=False)
        return [CardOwed(one.source, one.name, one.count, one.through_id) for one in owed]

    def print(self, cards: Sequence[CardOwed], inbox_ids: Sequence[str], *, actor: str) -> str:
        """Notes that they are printed; the id of the batch. What somebody else printed meanwhile,
        or marked as thanked, is left out."""
        now = self._clock()
        batch = new_id(now)
        with self._store.write() as connection:
            printed = sa.select(thank_you.c.source_code, thank_you.c.through_id).where(NOT_MAILED)
            lying = {(code, through_id) for code, through_id in connection.execute(printed)}
            rows = [
                {
                    "id": new_id(now),
                    "batch_id": batch,
                    "source_code": one.source,
                    "referrals": one.referrals,
                    "through_id": one.through_id,
                    "inbox_ids": _lines(inbox_ids),
                    "actor": actor,
                    "printed_at": to_micros(now),
                }
                for one in cards
                if (one.source, one.through_id) not in lying
            ]
            if rows:
                connection.execute(thank_you.insert(), rows)
            detail = f"{batch} cards={len(rows)}"
            self._audit.append(connection, "thanks.printed", actor=actor, detail=detail)
        return batch

    def lying(self, batch_id: str | None = None) -> list[ThankYou]:
        """Printed and not mailed, oldest batch first; of one batch or of all."""
        query = _named().where(NOT_MAILED)
        if batch_id is not None:
            query = query.where(thank_you.c.batch_id == batch_id)
        with self._store.read() as connection:
            rows = connection.execute(query.order_by(thank_you.c.printed_at, thank_you.c.id))
            return [_to_thank_you(row) for row in rows]

    def mailed(
        self,
        inbox_ids: Sequence[str],
        limit: int,
        *,
        code: str | None = None,
        before: ThankYou | None = None,
    ) -> list[ThankYou]:
        """In the post, the newest first; to one source or to all, or those before one of them. A
        card that thanks for another inbox too is left out."""
        columns = thank_you.c
        which: list[sa.ColumnElement[bool]] = [
            columns.mailed_at.is_not(None),
            columns.dropped_at.is_(None),
        ]
        if code is not None:
            which.append(columns.source_code == code)
        if before is not None and before.mailed_at is not None:
            here = sa.tuple_(sa.literal(to_micros(before.mailed_at)), sa.literal(before.id))
            which.append(sa.tuple_(columns.mailed_at, columns.id) < here)
        others = sa.select(inbox.c.id).where(inbox.c.id.not_in(inbox_ids))
        with self._store.read() as connection:
            which += [
                sa.not_(columns.inbox_ids.contains(f"\n{other}\n"))
                for other in connection.scalars(others).all()
            ]
            newest = (columns.mailed_at.desc(), columns.id.desc())
            query = _named().where(*which).order_by(*newest).limit(limit)
            return [_to_thank_you(row) for row in connection.execute(query).all()]

    def get(self, card_id: str) -> ThankYou:
        """Raises NotFound."""
        with self._store.read() as connection:
            query = _named().where(thank_you.c.id == card_id)
            row = connection.execute(query).first()
        if row is None:
            raise NotFound("thank-you card", card_id)
        return _to_thank_you(row)

    def mail(
        self,
        ids: Sequence[str],
        *,
        actor: str,
        letters: Sequence[NewVisit] = (),
        enclosed: Sequence[StockMove] = (),
    ) -> int:
        """They are in the post: how many referrals were thanked for. `letters` are those that said
        something to remember, `enclosed` what else lay in the envelopes. Raises NotFound for a card
        that is not lying here, and then mails none."""
        now, marked = to_micros(self._clock()), 0
        with self._store.write() as connection:
            query = sa.select(thank_you).where(NOT_MAILED, thank_you.c.id.in_(ids))
            found = {row.id: row for row in connection.execute(query)}
            for one in ids:
                if one not in found:
                    raise NotFound("card that waits to be mailed", one)
            for row in found.values():
                inbox_ids = row.inbox_ids.split()
                marked += mark_thanked(connection, row.source_code, row.through_id, inbox_ids, now)
                detail = f"{row.source_code or 'without-code'} card={row.id}"
                self._audit.append(connection, "thanks.mailed", actor=actor, detail=detail)
            mailed = thank_you.update().where(thank_you.c.id.in_(list(found)))
            connection.execute(mailed.values(mailed_at=now))
            insert_visits(connection, letters, actor, now)
            for move in enclosed:
                counted = [Counted(move.item, move.count, move.kind)]
                insert_moves(connection, move.source, counted, move.on, actor, now)
        return marked

    def drop(self, ids: Sequence[str], *, actor: str) -> None:
        """They were spoiled, or came back, and are owed again; so are the referrals that they
        thanked for when they were mailed."""
        columns = thank_you.c
        these = sa.and_(columns.id.in_(ids), columns.dropped_at.is_(None))
        with self._store.write() as connection:
            rows = connection.execute(sa.select(thank_you).where(these)).all()
            for row in rows:
                if row.mailed_at is not None:
                    inbox_ids = row.inbox_ids.split()
                    span = (_card_before(connection, row, ids), row.through_id)
                    unmark_thanked(connection, row.source_code, span, inbox_ids, row.mailed_at)
            dropped = thank_you.update().where(columns.id.in_([row.id for row in rows]))
            connection.execute(dropped.values(dropped_at=to_micros(self._clock())))
            detail = f"cards={len(rows)}"
            self._audit.append(connection, "thanks.dropped", actor=actor, detail=detail)


def _card_before(
    connection: Connection, row: sa.Row[tuple[object, ...]], dropped: Sequence[str]
) -> str:
    """Up to which referral another card thanks, which went to this source at the same moment and
    stays; empty where there is none."""
    columns = thank_you.c
    query = sa.select(sa.func.max(columns.through_id)).where(
        columns.source_code == row.source_code,
        columns.mailed_at == row.mailed_at,
        columns.dropped_at.is_(None),
        columns.through_id < row.through_id,
        columns.id.not_in(dropped),
    )
    return connection.scalar(query) or ""


def _named() -> sa.Select[tuple[object, ...]]:
    """Cards with the name of whom they thank."""
    rows = thank_you.outerjoin(source, source.c.code == thank_you.c.source_code)
    return sa.select(thank_you, source.c.name).select_from(rows)


def _lines(inbox_ids: Sequence[str]) -> str:
    """Each between line breaks, so that one can be looked for as a whole."""
    return "\n" + "".join(f"{one}\n" for one in inbox_ids)


def _to_thank_you(row: sa.Row[tuple[object, ...]]) -> ThankYou:
    return ThankYou(
        id=row.id,
        batch_id=row.batch_id,
        source=row.source_code,
        name=row.name or "",
        referrals=row.referrals,
        inbox_ids=tuple(row.inbox_ids.split()),
        actor=row.actor,
        printed_at=from_micros(row.printed_at),
        mailed_at=from_micros(row.mailed_at),
    )
