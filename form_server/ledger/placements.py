"""Referrals sent on: which colleague was asked, what they said, and with whom the patient is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.colleague_rows import Placement, PlacementState
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound, NotNow
from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral, to_referral
from form_server.ledger.rows import Fit, Referral, ReferralState
from form_server.ledger.tables import PRESENT, colleague, placement, referral, sought
from form_server.ledger.upsert import upsert

_FOLLOWS: Mapping[PlacementState, frozenset[PlacementState]] = {
    PlacementState.ASKED: frozenset(PlacementState) - {PlacementState.ASKED},
    PlacementState.ACCEPTED: frozenset(PlacementState) - {PlacementState.ACCEPTED},
    # An answer that was mis-tapped, or did not last, is taken back.
    PlacementState.DECLINED: frozenset({PlacementState.ASKED, PlacementState.ACCEPTED}),
    PlacementState.PLACED: frozenset({PlacementState.ACCEPTED, PlacementState.WITHDRAWN}),
    PlacementState.WITHDRAWN: frozenset({PlacementState.ASKED}),
}
# Of two entries for one colleague, the one that went further tells how it stands.
_FURTHER = {state.value: place for place, state in enumerate(PlacementState)}
_FURTHER[PlacementState.PLACED.value] = len(_FURTHER)


class Placements:
    """Each change is one commit with its entry in the audit, and only while the referral is open."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def of_referral(self, referral_id: str) -> list[Placement]:
        """In the order in which they were asked first."""
        return self.of_referrals([referral_id])

    def of_referrals(self, referral_ids: Sequence[str]) -> list[Placement]:
        """Of several at once, for a list."""
        return self._find(placement.c.referral_id.in_(referral_ids))

    def of_colleague(self, colleague_id: str) -> list[Placement]:
        return self._find(placement.c.colleague_id == colleague_id)

    def ask(self, referral_id: str, colleague_ids: Sequence[str], user_id: str) -> None:
        """Notes that these are asked; whoever is asked already stays as they are.

        Raises NotFound for a referral or colleague that is not there, NotNow for a closed referral.
        """
        wanted = list(dict.fromkeys(colleague_ids))
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            there = sa.select(colleague.c.id).where(colleague.c.id.in_(wanted), PRESENT)
            missing = set(wanted) - set(connection.scalars(there))
            if missing:
                raise NotFound("colleague", min(missing))
            before = {
                one.colleague_id: one
                for one in _rows(connection, placement.c.referral_id == referral_id)
            }
            for one in wanted:
                self._ask(connection, referral_id, one, before.get(one), user_id)

    def step(
        self, referral_id: str, placement_id: str, state: PlacementState, user_id: str
    ) -> Placement:
        """What a colleague answered, or what became of it; the same step twice changes nothing.

        Raises NotFound, or NotNow for a step that does not follow or a closed referral.
        """
        with self._store.write() as connection:
            _require_open(connection, referral_id)
            this = sa.and_(placement.c.id == placement_id, placement.c.referral_id == referral_id)
            found = _rows(connection, this)
            if not found:
                raise NotFound("placement", placement_id)
            before = found[0]
            if state is before.state:
                return before
            if state not in _FOLLOWS[before.state]:
                raise NotNow("placement", placement_id, before.state.value, "in another state")
            self._set(connection, before, state, user_id)
            return _rows(connection, this)[0]

    def keep_sought(self, before: Referral, sealed: bytes, *, actor: str) -> None:
        """What is looked for, in place of what was kept before; sealed to the inbox of `before`.

        Raises NotFound, or NotNow when the referral was closed or moved meanwhile.
        """
        with self._store.write() as connection:
            now = _require_open(connection, before.id)
            if (now.inbox_id, now.key_version) != (before.inbox_id, before.key_version):
                raise NotNow("referral", before.id, "moved", "where it was")
            insert = upsert(connection, sought).values(referral_id=before.id, sealed=sealed)
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["referral_id"], set_={"sealed": sealed}
                )
            )
            self._audit.append(connection, "referral.sought", actor=actor, referral_id=before.id)

    def sought(self, referral_ids: Sequence[str]) -> dict[str, bytes]:
        """What is looked for, by referral; one without is left out."""
        query = sa.select(sought).where(sought.c.referral_id.in_(referral_ids))
        with self._store.read() as connection:
            return {row.referral_id: row.sealed for row in connection.execute(query)}

    def sent_on(self, inbox_ids: Sequence[str], since: datetime, limit: int) -> list[Referral]:
        """Those marked as out that still say something, newest first."""
        query = (
            sa.select(referral)
            .where(
                referral.c.inbox_id.in_(inbox_ids),
                referral.c.fit == Fit.OUT.value,
                referral.c.received_at >= to_micros(since),
                sa.func.length(referral.c.envelope) > 0,
            )
            .order_by(referral.c.received_at.desc(), referral.c.id)
            .limit(limit)
        )
        with self._store.read() as connection:
            return [to_referral(row) for row in connection.execute(query)]

    def _ask(
        self,
        connection: Connection,
        referral_id: str,
        colleague_id: str,
        before: Placement | None,
        user_id: str,
    ) -> None:
        if before is not None:
            if before.state in {PlacementState.DECLINED, PlacementState.WITHDRAWN}:
                self._set(connection, before, PlacementState.ASKED, user_id)
            return
        now = self._clock()
        new = {
            "id": new_id(now),
            "referral_id": referral_id,
            "colleague_id": colleague_id,
            "user_id": user_id,
            "state": PlacementState.ASKED.value,
            "asked_at": to_micros(now),
        }
        connection.execute(placement.insert(), new)
        self._note(connection, PlacementState.ASKED, referral_id, colleague_id, user_id)

    def _set(
        self, connection: Connection, before: Placement, state: PlacementState, user_id: str
    ) -> None:
        now = to_micros(self._clock())
        values: dict[str, object] = {"state": state.value, "user_id": user_id}
        values["settled_at"] = now if state.is_settled else None
        if state is PlacementState.ASKED:
            values |= {"asked_at": now, "answered_at": None}
        elif state is not PlacementState.WITHDRAWN and before.answered_at is None:
            values["answered_at"] = now
        connection.execute(placement.update().where(placement.c.id == before.id).values(**values))
        self._note(connection, state, before.referral_id, before.colleague_id, user_id)

    def _note(
        self,
        connection: Connection,
        state: PlacementState,
        referral_id: str,
        colleague_id: str,
        user_id: str,
    ) -> None:
        self._audit.append(
            connection,
            f"placement.{state.value}",
            actor=f"user:{user_id}",
            referral_id=referral_id,
            detail=colleague_id,
        )

    def _find(self, which: sa.ColumnElement[bool]) -> list[Placement]:
        with self._store.read() as connection:
            return _rows(connection, which)


def join_placements(connection: Connection, kept_id: str, gone_id: str) -> None:
    """Within a commit that makes two colleagues one: what was placed with either is kept once."""
    both = _rows(connection, placement.c.colleague_id.in_([kept_id, gone_id]))
    furthest: dict[str, Placement] = {}
    for one in both:
        other = furthest.get(one.referral_id)
        if other is None or _FURTHER[one.state.value] > _FURTHER[other.state.value]:
            furthest[one.referral_id] = one
    kept = [one.id for one in furthest.values()]
    lost = [one.id for one in both if one.id not in set(kept)]
    connection.execute(placement.delete().where(placement.c.id.in_(lost)))
    this = placement.c.id.in_(kept)
    connection.execute(placement.update().where(this).values(colleague_id=kept_id))


def _require_open(connection: Connection, referral_id: str) -> Referral:
    found = get_referral(connection, referral_id, to_change=True)
    if found.state is ReferralState.CLOSED:
        raise NotNow("referral", referral_id, found.state.value, "open")
    return found


def _rows(connection: Connection, which: sa.ColumnElement[bool]) -> list[Placement]:
    in_order = sa.select(placement).where(which).order_by(placement.c.asked_at, placement.c.id)
    return [
        Placement(
            id=row.id,
            referral_id=row.referral_id,
            colleague_id=row.colleague_id,
            user_id=row.user_id,
            state=PlacementState(row.state),
            asked_at=from_micros(row.asked_at),
            answered_at=from_micros(row.answered_at),
            settled_at=from_micros(row.settled_at),
        )
        for row in connection.execute(in_order)
    ]
