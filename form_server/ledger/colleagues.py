"""The directory of colleagues, and what went to and fro with each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.colleague_rows import Colleague, ColleagueFacts, Dealings, PlacementState
from form_server.ledger.engine import Store
from form_server.ledger.errors import ChangedMeanwhile, NotFound
from form_server.ledger.flags import QUARANTINE, flagged
from form_server.ledger.ids import new_id
from form_server.ledger.moments import from_micros, to_micros
from form_server.ledger.placements import join_placements
from form_server.ledger.rows import Outcome
from form_server.ledger.tables import PRESENT, colleague, placement, referral

_LISTS = ("needs", "need_words", "languages", "plans", "telehealth")
_DAYS = ("openings_on", "public_on")
_NOBODY = [one.value for one in (Outcome.SPAM, Outcome.DUPLICATE, Outcome.DRILL)]


class Colleagues:
    """Each change is one commit, with its entry in the audit; `actor` is who made it."""

    def __init__(self, store: Store, clock: Callable[[], datetime], audit: Audit) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit

    def all(self) -> list[Colleague]:
        """Those in the directory, by name; without those who were removed."""
        present = sa.select(colleague).where(PRESENT)
        with self._store.read() as connection:
            rows = connection.execute(present.order_by(sa.func.lower(colleague.c.name)))
            return [_to_colleague(row) for row in rows]

    def get(self, colleague_id: str) -> Colleague:
        """Also one who was removed; raises NotFound."""
        with self._store.read() as connection:
            return _get(connection, colleague_id)

    def named(self, colleague_ids: Sequence[str]) -> dict[str, Colleague]:
        """Several at once, those too who were removed; an id that is not known is left out."""
        query = sa.select(colleague).where(colleague.c.id.in_(colleague_ids))
        with self._store.read() as connection:
            return {row.id: _to_colleague(row) for row in connection.execute(query)}

    def add(self, facts: ColleagueFacts, *, actor: str) -> Colleague:
        with self._store.write() as connection:
            added = self._insert(connection, facts)
            self._audit.append(connection, "colleague.added", actor=actor, detail=added)
            return _get(connection, added)

    def change(
        self,
        colleague_id: str,
        facts: ColleagueFacts,
        *,
        actor: str,
        was: ColleagueFacts | None = None,
    ) -> Colleague:
        """With `was`, only what reads so until now. Raises NotFound, ChangedMeanwhile."""
        with self._store.write() as connection:
            if was is not None and _get(connection, colleague_id, to_change=True).facts != was:
                raise ChangedMeanwhile("colleague", colleague_id)
            self._update(connection, colleague_id, _values(facts))
            self._audit.append(connection, "colleague.changed", actor=actor, detail=colleague_id)
            return _get(connection, colleague_id)

    def take_in(
        self,
        new: Sequence[ColleagueFacts],
        changed: Mapping[str, ColleagueFacts],
        *,
        actor: str,
    ) -> None:
        """A whole table of them, all or none; raises NotFound for one that went meanwhile."""
        with self._store.write() as connection:
            for facts in new:
                added = self._insert(connection, facts)
                self._audit.append(connection, "colleague.added", actor=actor, detail=added)
            for one, facts in changed.items():
                self._update(connection, one, _values(facts))
                self._audit.append(connection, "colleague.changed", actor=actor, detail=one)
            detail = f"new={len(new)} changed={len(changed)}"
            self._audit.append(connection, "colleagues.imported", actor=actor, detail=detail)

    def merge(self, kept_id: str, gone_id: str, facts: ColleagueFacts, *, actor: str) -> None:
        """Two entries for one person become one, with what was placed with either.

        Raises NotFound.
        """
        with self._store.write() as connection:
            gone = _get(connection, gone_id)
            self._update(connection, kept_id, _values(facts))
            self._update(connection, gone.id, {"removed_at": to_micros(self._clock())})
            join_placements(connection, kept_id, gone.id)
            detail = f"{kept_id} took={gone.id}"
            self._audit.append(connection, "colleague.merged", actor=actor, detail=detail)

    def remove(self, colleague_id: str, *, actor: str) -> None:
        """Out of the directory and never suggested again; the ledger keeps the name.

        Raises NotFound.
        """
        removed = {"removed_at": to_micros(self._clock())}
        self._note_change(colleague_id, removed, "colleague.removed", actor)

    def restore(self, colleague_id: str, *, actor: str) -> None:
        """Takes a removal back. Raises NotFound."""
        self._note_change(colleague_id, {"removed_at": None}, "colleague.restored", actor)

    def thank(self, colleague_id: str, *, actor: str) -> None:
        """Thanked for all that came until now. Raises NotFound."""
        thanked = {"thanked_at": to_micros(self._clock())}
        self._note_change(colleague_id, thanked, "colleague.thanked", actor)

    def dealings(self) -> dict[str, Dealings]:
        """By colleague; whoever is missing has none."""
        given = sa.select(
            placement.c.colleague_id,
            sa.func.count().label("asked"),
            sa.func.sum(
                sa.case((placement.c.state == PlacementState.PLACED.value, 1), else_=0)
            ).label("given"),
            sa.func.max(
                sa.case((placement.c.state == PlacementState.PLACED.value, placement.c.settled_at))
            ).label("last"),
        ).group_by(placement.c.colleague_id)
        received = (
            sa.select(
                sa.func.lower(referral.c.source).label("code"),
                sa.func.count().label("many"),
                sa.func.max(referral.c.received_at).label("last"),
            )
            .where(
                referral.c.source.is_not(None),
                sa.not_(flagged("drill")),
                sa.not_(flagged(QUARANTINE)),
                sa.or_(referral.c.outcome.is_(None), referral.c.outcome.not_in(_NOBODY)),
            )
            .group_by(sa.func.lower(referral.c.source))
        )
        coded = sa.select(colleague.c.id, colleague.c.source_code).where(
            colleague.c.source_code.is_not(None)
        )
        with self._store.read() as connection:
            to = {row.colleague_id: row for row in connection.execute(given)}
            came = {row.code: row for row in connection.execute(received)}
            codes = {row.id: row.source_code.lower() for row in connection.execute(coded)}
        return {
            one: _to_dealings(to.get(one), came.get(codes.get(one, "")))
            for one in to.keys() | {one for one, code in codes.items() if code in came}
        }

    def _note_change(
        self, colleague_id: str, values: Mapping[str, object], action: str, actor: str
    ) -> None:
        with self._store.write() as connection:
            self._update(connection, colleague_id, values)
            self._audit.append(connection, action, actor=actor, detail=colleague_id)

    def _insert(self, connection: Connection, facts: ColleagueFacts) -> str:
        now = self._clock()
        added = new_id(now)
        row = {"id": added, "created_at": to_micros(now), "changed_at": to_micros(now)}
        connection.execute(colleague.insert(), {**row, **_values(facts)})
        return added

    def _update(
        self, connection: Connection, colleague_id: str, values: Mapping[str, object]
    ) -> None:
        this = colleague.c.id == colleague_id
        changed = {**values, "changed_at": to_micros(self._clock())}
        if connection.execute(colleague.update().where(this).values(**changed)).rowcount != 1:
            raise NotFound("colleague", colleague_id)


def _get(connection: Connection, colleague_id: str, *, to_change: bool = False) -> Colleague:
    query = sa.select(colleague).where(colleague.c.id == colleague_id)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    if row is None:
        raise NotFound("colleague", colleague_id)
    return _to_colleague(row)


def _values(facts: ColleagueFacts) -> dict[str, object]:
    values: dict[str, object] = dict(vars(facts))
    for name in _LISTS:
        values[name] = "\n".join(getattr(facts, name))
    for name in _DAYS:
        day: date | None = getattr(facts, name)
        values[name] = day.isoformat() if day else None
    values["self_pay"] = int(facts.self_pay)
    values["sliding_scale"] = int(facts.sliding_scale)
    values["source_code"] = facts.source_code or None
    return values


def _to_colleague(row: sa.Row[tuple[object, ...]]) -> Colleague:
    return Colleague(
        id=row.id,
        facts=_to_facts(row),
        thanked_at=from_micros(row.thanked_at),
        changed_at=from_micros(row.changed_at),
        removed_at=from_micros(row.removed_at),
    )


def _to_facts(row: sa.Row[tuple[object, ...]]) -> ColleagueFacts:
    return ColleagueFacts(
        name=row.name,
        credentials=row.credentials,
        practice=row.practice,
        phone=row.phone,
        email=row.email,
        fax=row.fax,
        website=row.website,
        booking_url=row.booking_url,
        needs=tuple(row.needs.splitlines()),
        need_words=tuple(row.need_words.splitlines()),
        youngest=row.youngest,
        oldest=row.oldest,
        languages=tuple(row.languages.splitlines()),
        plans=tuple(row.plans.splitlines()),
        self_pay=bool(row.self_pay),
        sliding_scale=bool(row.sliding_scale),
        telehealth=tuple(row.telehealth.splitlines()),
        town=row.town,
        miles=row.miles,
        openings=row.openings,
        openings_on=_day(row.openings_on),
        public_on=_day(row.public_on),
        notes=row.notes,
        source_code=row.source_code or "",
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _to_dealings(
    to: sa.Row[tuple[object, ...]] | None, came: sa.Row[tuple[object, ...]] | None
) -> Dealings:
    return Dealings(
        given=int(to.given) if to else 0,
        asked=int(to.asked) if to else 0,
        received=int(came.many) if came else 0,
        last_given_at=from_micros(to.last) if to else None,
        last_received_at=from_micros(came.last) if came else None,
    )
