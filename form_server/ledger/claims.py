"""Who is on a referral of a shared inbox, and who has just rung: at most one claim at a time.

Each change looks at the referral first and holds it, as every step at the desk does: of two people
who tap at once, the second finds the first one's claim. A claim without a try runs out by itself
and stays to be seen; whoever takes the referral next replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import AlreadyClaimed, NotNow
from form_server.ledger.group_rows import Claim, Ring, Rung
from form_server.ledger.ids import new_id
from form_server.ledger.intake import delivery_values
from form_server.ledger.keyring import require_openers
from form_server.ledger.meta import get_meta, put_meta
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import AttemptMeans, NewDelivery, Referral, ReferralState
from form_server.ledger.sound_rows import SoundRow
from form_server.ledger.tables import attempt, claim, delivery, ring
from form_server.ledger.upsert import upsert

RUNG_LATELY: Final = timedelta(minutes=15)
"""As long as a phone may still be ringing, or a call may last."""
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LASTS: Final = "claim_minutes"
_USUAL_MINUTES: Final = 60


class Claims:
    """Each raises NotFound; what changes something raises NotNow once the referral is closed."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def of(self, referral_ids: Sequence[str]) -> dict[str, Claim]:
        """By referral, those that ran out too; a referral that nobody took is left out."""
        with self._store.read() as connection:
            return _claims(connection, referral_ids, self._clock())

    def lasts(self) -> timedelta:
        """How long a claim holds without a try."""
        with self._store.read() as connection:
            return _lasts(connection)

    def set_lasts(self, lasts: timedelta, *, actor: str) -> None:
        """For claims from now on."""
        minutes = str(lasts // timedelta(minutes=1))
        with self._store.write() as connection:
            put_meta(connection, _LASTS, minutes)
            self._audit.append(connection, "claims.lasting_set", actor=actor, detail=minutes)

    def take(self, referral_id: str, user_id: str, *, over: str = "") -> Claim:
        """Takes the referral; a second time by the same user changes nothing.

        Raises AlreadyClaimed while somebody else holds it, unless that is `over`: whoever takes a
        referral from a colleague names the colleague, so that nobody does so unknowingly.
        """
        with self._store.write() as connection:
            before = self._held_open(connection, referral_id)
            held = _claims(connection, [referral_id], self._clock()).get(referral_id)
            if held is not None and held.is_live:
                if held.user_id == user_id:
                    return held
                if held.user_id != over:
                    raise AlreadyClaimed(referral_id, held.user_id, held.taken_at)
            from_whom = held.user_id if held is not None and held.is_live else ""
            return self._put(connection, before.id, user_id, by=user_id, from_whom=from_whom)

    def assign(
        self, referral_id: str, user_id: str, deliveries: Sequence[NewDelivery], *, by: str
    ) -> Claim:
        """Gives the referral to somebody who can open its inbox, and tells them.

        Whoever held it is replaced. Raises CannotOpen.
        """
        with self._store.write() as connection:
            before = self._held_open(connection, referral_id)
            require_openers(connection, before.inbox_id, [user_id])
            held = _claims(connection, [referral_id], self._clock()).get(referral_id)
            from_whom = held.user_id if held is not None and held.is_live else ""
            if deliveries:
                now = to_micros(self._clock())
                connection.execute(delivery.insert(), delivery_values(deliveries, now))
            given = self._put(connection, referral_id, user_id, by=by, from_whom=from_whom)
        self._store.wake.set()
        return given

    def release(self, referral_id: str, user_id: str) -> None:
        """Lets go of a claim of one's own; what somebody else holds, or nobody, stays as it is."""
        own = sa.and_(claim.c.referral_id == referral_id, claim.c.user_id == user_id)
        with self._store.write() as connection:
            get_referral(connection, referral_id, to_change=True)
            if connection.execute(claim.delete().where(own)).rowcount:
                self._note(connection, "referral.released", referral_id, user_id)

    def ring(self, referral_id: str, user_id: str, *, knowingly: bool = False) -> Rung:
        """A tap on Call: it goes through, or somebody else is on it or has just rung.

        What goes through takes the referral when nobody holds it, and is on record, with whom the
        caller was told of. What does not go through is noted as well.
        """
        now = self._clock()
        with self._store.write() as connection:
            self._held_open(connection, referral_id)
            held = _claims(connection, [referral_id], now).get(referral_id)
            if held is not None and (not held.is_live or held.user_id == user_id):
                held = None
            rang = _rang_lately(connection, referral_id, user_id, now)
            other = held.user_id if held else rang.user_id if rang else None
            since = max(one for one in (held and held.taken_at, rang and rang.at, _NEVER) if one)
            if other and not (knowingly or _was_told(connection, referral_id, user_id, since)):
                self._note(connection, "referral.ring_interrupted", referral_id, user_id, other)
                return Rung(went_through=False, held=held, rang=rang)
            connection.execute(
                ring.insert(),
                {
                    "id": new_id(now),
                    "referral_id": referral_id,
                    "user_id": user_id,
                    "at": to_micros(now),
                    "warned_of": other,
                },
            )
            detail = f"despite={other}" if other else ""
            self._note(connection, "referral.rang", referral_id, user_id, detail)
            if held is None:
                self._put(connection, referral_id, user_id, by=user_id)
            return Rung(went_through=True, held=held, rang=rang)

    def rang_lately(self, referral_id: str, user_id: str) -> Ring | None:
        """The last call by somebody else within the last minutes, tapped or put on record."""
        with self._store.read() as connection:
            return _rang_lately(connection, referral_id, user_id, self._clock())

    def rings(self, referral_id: str) -> list[Ring]:
        """Every tap on Call that went through, oldest first."""
        query = sa.select(ring).where(ring.c.referral_id == referral_id)
        with self._store.read() as connection:
            return [
                Ring(row.user_id, from_micros(row.at), row.warned_of)
                for row in connection.execute(query.order_by(ring.c.at, ring.c.id))
            ]

    def _put(
        self,
        connection: Connection,
        referral_id: str,
        user_id: str,
        *,
        by: str,
        from_whom: str = "",
    ) -> Claim:
        now = self._clock()
        expires_at = now + _lasts(connection)
        given_by = by if by != user_id else None
        row = {
            "user_id": user_id,
            "given_by": given_by,
            "taken_at": to_micros(now),
            "expires_at": to_micros(expires_at),
        }
        insert = upsert(connection, claim).values(referral_id=referral_id, **row)
        connection.execute(
            insert.on_conflict_do_update(index_elements=[claim.c.referral_id], set_=row)
        )
        action = "referral.claimed" if by == user_id else "referral.assigned"
        to = "" if by == user_id else f"to={user_id}"
        over = f"over={from_whom}" if from_whom and from_whom != user_id else ""
        self._note(connection, action, referral_id, by, " ".join(filter(None, (to, over))))
        return Claim(referral_id, user_id, given_by, now, expires_at, is_live=True)

    def _held_open(self, connection: Connection, referral_id: str) -> Referral:
        found = get_referral(connection, referral_id, to_change=True)
        if found.state is ReferralState.CLOSED:
            raise NotNow("referral", referral_id, found.state.value, "open")
        return found

    def _note(
        self, connection: Connection, action: str, referral_id: str, user_id: str, detail: str = ""
    ) -> None:
        self._audit.append(
            connection, action, actor=f"user:{user_id}", referral_id=referral_id, detail=detail
        )


def drop_claim(connection: Connection, referral_id: str) -> None:
    """Within a caller's transaction: in another inbox somebody else takes it."""
    connection.execute(claim.delete().where(claim.c.referral_id == referral_id))


def _lasts(connection: Connection) -> timedelta:
    return timedelta(minutes=int(get_meta(connection, _LASTS) or _USUAL_MINUTES))


def _claims(connection: Connection, referral_ids: Sequence[str], now: datetime) -> dict[str, Claim]:
    """A claim holds until it runs out, and for good once its holder has tried."""
    tried = (
        sa.select(sa.func.count())
        .where(
            attempt.c.referral_id == claim.c.referral_id,
            attempt.c.user_id == claim.c.user_id,
            attempt.c.at >= claim.c.taken_at,
        )
        .scalar_subquery()
    )
    query = sa.select(claim, tried.label("tries")).where(claim.c.referral_id.in_(referral_ids))
    return {
        row.referral_id: Claim(
            referral_id=row.referral_id,
            user_id=row.user_id,
            given_by=row.given_by,
            taken_at=(read := SoundRow(row)).moment("taken_at", now),
            expires_at=(until := read.moment("expires_at", now)),
            is_live=bool(row.tries) or until > now,
        )
        for row in connection.execute(query)
    }


def _was_told(connection: Connection, referral_id: str, user_id: str, since: datetime) -> bool:
    """Whether this caller rang after `since`, and so knows of it: nobody is interrupted twice."""
    told = sa.select(ring.c.id).where(
        ring.c.referral_id == referral_id,
        ring.c.user_id == user_id,
        ring.c.warned_of.is_not(None),
        ring.c.at >= to_micros(since),
    )
    return connection.execute(told.limit(1)).first() is not None


def _rang_lately(
    connection: Connection, referral_id: str, user_id: str, now: datetime
) -> Ring | None:
    since = to_micros(now - RUNG_LATELY)
    taps = sa.select(ring.c.user_id, ring.c.at).where(
        ring.c.referral_id == referral_id, ring.c.user_id != user_id, ring.c.at > since
    )
    tries = sa.select(attempt.c.user_id, attempt.c.at).where(
        attempt.c.referral_id == referral_id,
        attempt.c.user_id != user_id,
        attempt.c.at > since,
        attempt.c.means == AttemptMeans.CALL.value,
    )
    both = sa.union_all(taps, tries).subquery()
    row = connection.execute(sa.select(both).order_by(both.c.at.desc()).limit(1)).first()
    return None if row is None else Ring(row.user_id, from_micros(row.at))
