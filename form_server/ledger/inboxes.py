"""Inboxes: their keys, who can open them, and whom their notices go to.

Accepting a referral asks for an inbox's key and recipients each time, so those are kept in memory
under a generation that every change raises in its own commit. A change by this process counts at
once, one by another process (a command beside the server) within a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.keyring import generation, insert_inbox, insert_key, replace_recipients
from form_server.ledger.moments import to_micros
from form_server.ledger.people_rows import (
    Grant,
    HolderKind,
    Inbox,
    InboxKey,
    Leave,
    NewInbox,
    Recipient,
)
from form_server.ledger.rows import Channel
from form_server.ledger.sound_rows import SoundRow
from form_server.ledger.tables import absence, inbox, inbox_grant, inbox_key, recipient

_TRUSTED_S = 1.0
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class _Known:
    """All inboxes as one generation has them; `checked_s` on the monotonic clock."""

    generation: int
    checked_s: float
    inboxes: Mapping[str, Inbox]
    keys: Mapping[str, tuple[InboxKey, ...]]
    recipients: Mapping[str, tuple[Recipient, ...]]
    leaves: Mapping[str, tuple[Leave, ...]]


class Inboxes:
    """Reads from memory, changes in one commit each."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        audit: Audit,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._monotonic_s = monotonic_s
        self._cache: _Known | None = None

    def all(self) -> list[Inbox]:
        """In the order in which they were made."""
        return list(self._known().inboxes.values())

    def get(self, inbox_id: str) -> Inbox:
        """Raises NotFound."""
        return _of(self._known().inboxes, inbox_id)

    def for_clinician(self, slug: str | None) -> Inbox:
        """The clinician's own inbox, else the front desk's, else the first; NotFound when none."""
        inboxes = self.all()
        by_clinician = {one.clinician: one for one in inboxes}
        found = by_clinician.get(slug) or by_clinician.get(None) or next(iter(inboxes), None)
        if found is None:
            raise NotFound("inbox", slug or "for the front desk")
        return found

    def active_key(self, inbox_id: str) -> InboxKey:
        """What new referrals are sealed to; raises NotFound."""
        return self.keys(inbox_id)[-1]

    def keys(self, inbox_id: str) -> tuple[InboxKey, ...]:
        """Oldest version first, never empty; raises NotFound."""
        return _of(self._known().keys, inbox_id)

    def recipients(self, inbox_id: str) -> tuple[Recipient, ...]:
        """By position; empty when nobody is told."""
        return self._known().recipients.get(inbox_id, ())

    def leaves(self, inbox_id: str) -> tuple[Leave, ...]:
        """When its first person is away, by the first day; past ones too."""
        return self._known().leaves.get(inbox_id, ())

    def grants_for(self, holder_kind: HolderKind, holder_id: str) -> list[Grant]:
        """Every version of every inbox key that the holder can unwrap."""
        held = sa.select(inbox_grant).where(
            inbox_grant.c.holder_kind == holder_kind.value, inbox_grant.c.holder_id == holder_id
        )
        in_order = held.order_by(inbox_grant.c.inbox_id, inbox_grant.c.version)
        with self._store.read() as connection:
            return [
                Grant(row.inbox_id, row.version, holder_kind, row.holder_id, row.wrapped_key)
                for row in connection.execute(in_order)
            ]

    def openers(self, inbox_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Users who can open what comes in now, by inbox; every inbox asked for has its key."""
        newest = {inbox_id: self.active_key(inbox_id).version for inbox_id in inbox_ids}
        held = sa.select(inbox_grant.c.inbox_id, inbox_grant.c.version, inbox_grant.c.holder_id)
        users = inbox_grant.c.holder_kind == HolderKind.USER.value
        found: dict[str, set[str]] = {inbox_id: set() for inbox_id in newest}
        with self._store.read() as connection:
            for row in connection.execute(held.where(users, inbox_grant.c.inbox_id.in_(newest))):
                if row.version == newest[row.inbox_id]:
                    found[row.inbox_id].add(row.holder_id)
        return {inbox_id: frozenset(users) for inbox_id, users in found.items()}

    def add(self, new: NewInbox, key: InboxKey, grants: Sequence[Grant], *, actor: str) -> None:
        """A new inbox with its first key."""
        with self._store.write() as connection:
            insert_inbox(connection, new, key, grants, to_micros(self._clock()))
            self._audit.append(connection, "inbox.added", actor=actor, detail=new.id)
        self.forget()

    def rotate(self, key: InboxKey, grants: Sequence[Grant], *, actor: str) -> None:
        """A further version of an inbox's key; what was sealed to older ones stays as it is."""
        with self._store.write() as connection:
            insert_key(connection, key, grants, to_micros(self._clock()))
            detail = f"{key.inbox_id} version={key.version}"
            self._audit.append(connection, "inbox.rotated", actor=actor, detail=detail)
        self.forget()

    def set_recipients(self, inbox_id: str, recipients: Sequence[Recipient], *, actor: str) -> None:
        """Replaces all recipients of the inbox.

        Raises CannotOpen for one that belongs to a user who cannot open it.
        """
        with self._store.write() as connection:
            replace_recipients(connection, inbox_id, recipients)
            detail = f"{inbox_id} count={len(recipients)}"
            self._audit.append(connection, "recipients.set", actor=actor, detail=detail)
        self.forget()

    def forget(self) -> None:
        """After a commit that changed an inbox: the next question reads it afresh."""
        self._cache = None

    def _known(self) -> _Known:
        known, now_s = self._cache, self._monotonic_s()
        if known is None or now_s - known.checked_s >= _TRUSTED_S:
            with self._store.read() as connection:
                current = generation(connection)
                # Loaded in the same view as the generation, so that the two belong together.
                if known is None or known.generation != current:
                    known = _load(connection, current, now_s)
                else:
                    known = replace(known, checked_s=now_s)
            self._cache = known
        return known


def _load(connection: Connection, current: int, now_s: float) -> _Known:
    """What is damaged in one of them keeps nobody's referral out, nor any other's notice in."""
    keys: dict[str, tuple[InboxKey, ...]] = {}
    for row in connection.execute(sa.select(inbox_key).order_by(inbox_key.c.version)):
        read = SoundRow(row)
        key = InboxKey(row.inbox_id, read.count("version"), read.sealed("public_key"))
        keys[key.inbox_id] = (*keys.get(key.inbox_id, ()), key)
    recipients: dict[str, tuple[Recipient, ...]] = {}
    for row in connection.execute(sa.select(recipient).order_by(recipient.c.position)):
        one = _to_recipient(SoundRow(row))
        recipients[one.inbox_id] = (*recipients.get(one.inbox_id, ()), one)
    leaves: dict[str, tuple[Leave, ...]] = {}
    for row in connection.execute(sa.select(absence).order_by(absence.c.first_on, absence.c.id)):
        read = SoundRow(row)
        first_on, last_on = read.day_or_none("first_on"), read.day_or_none("last_on")
        if first_on is None or last_on is None:
            continue  # nobody is away on a day that is none: the inbox's own people are told
        leave = Leave(
            row.id, row.inbox_id, first_on, last_on, row.cover_inbox_id, row.cover_user_id
        )
        leaves[leave.inbox_id] = (*leaves.get(leave.inbox_id, ()), leave)
    inboxes = {
        row.id: _to_inbox(SoundRow(row))
        for row in connection.execute(sa.select(inbox).order_by(inbox.c.created_at, inbox.c.id))
    }
    return _Known(current, now_s, inboxes, keys, recipients, leaves)


def _to_inbox(read: SoundRow) -> Inbox:
    created_at = read.moment("created_at", read.drawn_at())
    return Inbox(read.text("id"), read.text("name"), read.text_or_none("clinician"), created_at)


def _to_recipient(read: SoundRow) -> Recipient:
    address = read.text("address")
    # The way is lost, and an address shows it: those of push services and webhooks have a scheme.
    likely = Channel.PUSH if "://" in address else Channel.EMAIL
    return Recipient(
        read.text("id"),
        read.text("inbox_id"),
        read.word_or_none(Channel, "channel") or likely,
        address,
        read.count("position"),
        read.text_or_none("user_id"),
    )


def _of(found: Mapping[str, _Found], inbox_id: str) -> _Found:
    try:
        return found[inbox_id]
    except KeyError:
        raise NotFound("inbox", inbox_id) from None
