"""Moving a referral to another inbox: sealed anew by the caller, exchanged here in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotNow
from form_server.ledger.handovers import hand_over
from form_server.ledger.moving_parts import read_parts, replace_parts
from form_server.ledger.referrals import get_referral
from form_server.ledger.rows import NewDelivery, Referral
from form_server.ledger.tables import referral


class Moves:
    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def parts_of(self, referral_id: str) -> dict[str, bytes]:
        """What is sealed for it beside its envelope, by the part that it is bound to."""
        with self._store.read() as connection:
            return read_parts(connection, referral_id)

    def move(
        self,
        before: Referral,
        inbox_id: str,
        key_version: int,
        envelope: bytes,
        parts: Mapping[str, bytes],
        *,
        actor: str,
        deliveries: Sequence[NewDelivery] = (),
    ) -> Referral:
        """`before` as it was read, and its `parts`, all sealed to the other inbox.

        `deliveries` tell who is there. Raises NotFound, or NotNow when the referral was moved, or
        something was written to it, meanwhile.
        """
        with self._store.write() as connection:
            now = get_referral(connection, before.id, to_change=True)
            unchanged = now.envelope == before.envelope and now.inbox_id == before.inbox_id
            if not unchanged or read_parts(connection, before.id).keys() != parts.keys():
                raise NotNow("referral", before.id, "changed", "as it was read")
            place = {"inbox_id": inbox_id, "key_version": key_version, "envelope": envelope}
            here = referral.c.id == before.id
            connection.execute(referral.update().where(here).values(**place))
            replace_parts(connection, parts)
            at = self._clock()
            hand_over(connection, now, inbox_id, at, actor=actor, deliveries=deliveries)
            detail = f"from={before.inbox_id} to={inbox_id}"
            self._audit.append(
                connection, "referral.moved", actor=actor, referral_id=before.id, detail=detail
            )
            after = get_referral(connection, before.id)
        self._store.wake.set()
        return after
