"""What the practice owes: thank-yous to sources, and further tries at people nobody has reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.flags import QUARANTINE, flagged
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.rows import AttemptResult, Fit, Outcome
from form_server.ledger.source_rows import SourceKind
from form_server.ledger.tables import NOT_MAILED, OPEN, attempt, referral, source, thank_you

LOOKED_BACK = timedelta(days=365)  # nobody is thanked for what came longer ago
_NOBODY = [Outcome.SPAM.value, Outcome.DUPLICATE.value, Outcome.DRILL.value]
# Clients and friends get no card for whom they send, and a directory has no mailbox to put one in.
_UNTHANKED = [kind.value for kind in SourceKind if kind.is_private]
_OFFICE = "office"
_WITHOUT_CODE = sa.and_(
    referral.c.kind == _OFFICE,
    sa.or_(referral.c.source.is_(None), referral.c.source.not_in(sa.select(source.c.code))),
)


@dataclass(frozen=True)
class ThanksOwed:
    """Referrals of one source that it was not thanked for; `source` is "" for offices without a
    code. `through_id` names the newest of them, so that nothing newer is thanked for unseen."""

    source: str
    name: str
    count: int
    oldest_at: datetime
    through_id: str


@dataclass(frozen=True)
class Unreached:
    """An open referral that was tried, and by nobody reached; the tries oldest first."""

    referral_id: str
    tried_at: tuple[datetime, ...]


class Owing:
    """Each method is one transaction."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def thanks(
        self,
        inbox_ids: Sequence[str],
        *,
        received_before: datetime | None = None,
        printed_too: bool = True,
    ) -> list[ThanksOwed]:
        """By source, most referrals first; those of offices without a code last.

        A card that is printed and not mailed yet leaves them owed; `printed_too` says whether such
        referrals are counted.
        """
        code = sa.func.coalesce(source.c.code, "").label("code")
        which = self._unthanked(inbox_ids)
        if received_before is not None:
            which.append(referral.c.received_at < to_micros(received_before))
        if not printed_too:
            which.append(sa.not_(_lies_printed()))
        query = (
            sa.select(
                code,
                sa.func.max(source.c.name).label("name"),
                sa.func.count().label("referrals"),
                sa.func.min(referral.c.received_at).label("oldest"),
                sa.func.max(referral.c.id).label("through"),
            )
            .select_from(referral.outerjoin(source, source.c.code == referral.c.source))
            .where(*which)
            .group_by(code)
        )
        with self._store.read() as connection:
            rows = connection.execute(query).all()
        owed = [
            ThanksOwed(
                row.code, row.name or "", row.referrals, from_micros(row.oldest), row.through
            )
            for row in rows
        ]
        return sorted(owed, key=lambda one: (not one.source, -one.count, one.name))

    def behind(self, inbox_ids: Sequence[str], code: str, received_before: datetime) -> list[str]:
        """The ids of the referrals that this source is owed a card for, newest first."""
        query = (
            sa.select(referral.c.id)
            .select_from(referral.outerjoin(source, source.c.code == referral.c.source))
            .where(
                *self._unthanked(inbox_ids),
                referral.c.received_at < to_micros(received_before),
                referral.c.source == code if code else source.c.code.is_(None),
            )
            .order_by(referral.c.received_at.desc(), referral.c.id.desc())
        )
        with self._store.read() as connection:
            return list(connection.scalars(query).all())

    def last_mismatches(
        self, inbox_ids: Sequence[str], codes: Sequence[str], since: datetime, until: datetime
    ) -> dict[str, datetime]:
        """When the newest referral came that did not fit, from these sources; received before
        `until`. A source without one is left out."""
        columns = referral.c
        query = (
            sa.select(columns.source, sa.func.max(columns.received_at))
            .where(
                columns.inbox_id.in_(inbox_ids),
                columns.source.in_(codes),
                columns.fit == Fit.OUT.value,
                columns.received_at >= to_micros(since),
                columns.received_at < to_micros(until),
                sa.or_(columns.outcome.is_(None), columns.outcome.not_in(_NOBODY)),
                sa.not_(flagged("drill")),
                sa.not_(flagged(QUARANTINE)),
            )
            .group_by(columns.source)
        )
        with self._store.read() as connection:
            return {code: from_micros(at) for code, at in connection.execute(query).all()}

    def unreached(self, inbox_ids: Sequence[str]) -> list[Unreached]:
        """By the last try, oldest first."""
        talk = attempt.alias("talk")
        reached = sa.exists().where(
            talk.c.referral_id == referral.c.id, talk.c.result == AttemptResult.REACHED.value
        )
        query = (
            sa.select(referral.c.id, attempt.c.at)
            .join_from(referral, attempt, attempt.c.referral_id == referral.c.id)
            .where(OPEN, referral.c.inbox_id.in_(inbox_ids), sa.not_(reached))
            .order_by(referral.c.last_attempt_at, referral.c.id, attempt.c.at)
        )
        tries: dict[str, list[datetime]] = {}
        with self._store.read() as connection:
            for row in connection.execute(query):
                tries.setdefault(row.id, []).append(from_micros(row.at))
        return [Unreached(referral_id, tuple(at)) for referral_id, at in tries.items()]

    def _unthanked(self, inbox_ids: Sequence[str]) -> list[sa.ColumnElement[bool]]:
        columns = referral.c
        return [
            columns.received_at >= to_micros(self._clock() - LOOKED_BACK),
            columns.inbox_id.in_(inbox_ids),
            columns.thanked_at.is_(None),
            sa.or_(columns.outcome.is_(None), columns.outcome.not_in(_NOBODY)),
            sa.not_(flagged("drill")),
            sa.not_(flagged(QUARANTINE)),
            # A patient who came alone has nobody behind them to thank.
            sa.or_(source.c.code.is_not(None), columns.kind == _OFFICE),
            sa.or_(source.c.kind.is_(None), source.c.kind.not_in(_UNTHANKED)),
        ]


def mark_thanked(
    connection: Connection, code: str, through_id: str, inbox_ids: Sequence[str], now: int
) -> int:
    """How many referrals that were; within a transaction of somebody else's."""
    these = _through(code, through_id, inbox_ids, referral.c.thanked_at.is_(None))
    return connection.execute(referral.update().where(*these).values(thanked_at=now)).rowcount


def unmark_thanked(
    connection: Connection,
    code: str,
    span: tuple[str, str],
    inbox_ids: Sequence[str],
    thanked_at: int,
) -> None:
    """Those behind the first and up to the second referral of `span` that a card of that moment
    thanked for; within a transaction of somebody else's."""
    after_id, through_id = span
    these = _through(code, through_id, inbox_ids, referral.c.thanked_at == thanked_at)
    own = referral.update().where(*these, referral.c.id > after_id)
    connection.execute(own.values(thanked_at=None))


def _through(
    code: str, through_id: str, inbox_ids: Sequence[str], state: sa.ColumnElement[bool]
) -> tuple[sa.ColumnElement[bool], ...]:
    of_source = referral.c.source == code if code else _WITHOUT_CODE
    return (referral.c.inbox_id.in_(inbox_ids), of_source, referral.c.id <= through_id, state)


def _lies_printed() -> sa.ColumnElement[bool]:
    """Whether a card covers a referral that is printed and not in the post yet."""
    of_inbox = thank_you.c.inbox_ids.contains(sa.literal("\n") + referral.c.inbox_id + "\n")
    return sa.exists().where(
        NOT_MAILED,
        thank_you.c.source_code == sa.func.coalesce(source.c.code, ""),
        referral.c.id <= thank_you.c.through_id,
        of_inbox,
    )
