"""When the person behind an inbox is away, and who answers meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from form_server.ledger.audit import Audit
from form_server.ledger.engine import Store
from form_server.ledger.errors import NotFound
from form_server.ledger.inboxes import Inboxes
from form_server.ledger.keyring import raise_generation, require_openers
from form_server.ledger.people_rows import Leave
from form_server.ledger.tables import absence


class Leaves:
    """Each change is one commit, with its audit row. `Inboxes.leaves` reads them from memory."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], audit: Audit, inboxes: Inboxes
    ) -> None:
        self._store = store
        self._clock = clock
        self._audit = audit
        self._inboxes = inboxes

    def add(self, leave: Leave, *, actor: str) -> None:
        """Raises NotFound for an unknown inbox, CannotOpen for a user who cannot open it."""
        self._inboxes.get(leave.inbox_id)
        if leave.cover_inbox_id is not None:
            self._inboxes.get(leave.cover_inbox_id)
        with self._store.write() as connection:
            if leave.cover_user_id is not None:
                require_openers(connection, leave.inbox_id, [leave.cover_user_id])
            connection.execute(
                absence.insert(),
                {
                    "id": leave.id,
                    "inbox_id": leave.inbox_id,
                    "first_on": leave.first_on.isoformat(),
                    "last_on": leave.last_on.isoformat(),
                    "cover_inbox_id": leave.cover_inbox_id,
                    "cover_user_id": leave.cover_user_id,
                },
            )
            raise_generation(connection)
            self._audit.append(connection, "absence.added", actor=actor, detail=leave.id)
        self._inboxes.forget()

    def remove(self, leave_id: str, *, actor: str) -> None:
        """Raises NotFound."""
        with self._store.write() as connection:
            gone = connection.execute(absence.delete().where(absence.c.id == leave_id))
            if gone.rowcount != 1:
                raise NotFound("absence", leave_id)
            raise_generation(connection)
            self._audit.append(connection, "absence.removed", actor=actor, detail=leave_id)
        self._inboxes.forget()

    def ending_from(self, day: date) -> list[Leave]:
        """Those that are not over before `day`, by their first day."""
        every = [one for box in self._inboxes.all() for one in self._inboxes.leaves(box.id)]
        return sorted((one for one in every if one.last_on >= day), key=lambda one: one.first_on)
