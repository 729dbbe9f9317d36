"""What the practice did for those who refer, in a span of days: visits, calls, cards, gifts, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from form_server.ledger.engine import Store
from form_server.ledger.moments import to_micros
from form_server.ledger.tables import (
    PRESENT,
    gift,
    newsletter_issue,
    source,
    stock_event,
    thank_you,
    visit,
)
from form_server.ledger.visit_rows import VisitWay

_MEETINGS = [way.value for way in VisitWay if way.is_meeting]


@dataclass(frozen=True)
class Effort:
    """`by_way` counts visits, talks, calls and letters; `seen` are the sources that were met.

    `left` are pieces by item; `thanked` counts the referrals that the mailed cards thank for.
    """

    by_way: dict[VisitWay, int]
    seen: int
    left: dict[str, int]
    cards: int
    thanked: int
    gifts: int
    gift_cents: int
    newsletters: int
    new_sources: int


def read_effort(
    store: Store, first_on: date, last_on: date, since: datetime, until: datetime
) -> Effort:
    """Both days are in it, and so is what happened from `since` to just before `until`, which are
    the same span as moments. No note is read."""
    days, moments = (first_on.isoformat(), last_on.isoformat()), (since, until)
    visited = sa.and_(PRESENT, visit.c.done_on.between(*days))
    with store.read() as connection:
        ways = connection.execute(
            sa.select(visit.c.way, sa.func.count()).where(visited).group_by(visit.c.way)
        ).all()
        met = visited & visit.c.way.in_(_MEETINGS)
        seen = connection.scalar(
            sa.select(sa.func.count(sa.distinct(visit.c.source_code))).where(met)
        )
        left = connection.execute(
            sa.select(stock_event.c.item, sa.func.sum(stock_event.c.pieces))
            .where(stock_event.c.kind == "given", stock_event.c.done_on.between(*days))
            .group_by(stock_event.c.item)
        ).all()
        cards, thanked = connection.execute(
            sa.select(sa.func.count(), sa.func.sum(thank_you.c.referrals)).where(
                _within(thank_you.c.mailed_at, *moments)
            )
        ).one()
        gifts, cents = connection.execute(
            sa.select(sa.func.count(), sa.func.sum(gift.c.cents)).where(
                PRESENT, gift.c.given_on.between(*days)
            )
        ).one()
        letters = connection.scalar(
            sa.select(sa.func.count()).where(newsletter_issue.c.sent_on.between(*days))
        )
        new = connection.scalar(
            sa.select(sa.func.count()).where(
                source.c.merged_into.is_(None), _within(source.c.created_at, *moments)
            )
        )
    return Effort(
        by_way={VisitWay(way): count for way, count in ways},
        seen=seen or 0,
        left={item: int(pieces) for item, pieces in left},
        cards=cards,
        thanked=int(thanked or 0),
        gifts=gifts,
        gift_cents=int(cents or 0),
        newsletters=letters or 0,
        new_sources=new or 0,
    )


def _within(column: sa.Column[int], since: datetime, until: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(column >= to_micros(since), column < to_micros(until))
