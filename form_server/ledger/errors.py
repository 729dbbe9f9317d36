"""What can go wrong with the ledger, and the one place where a driver's words become ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exc
from sqlalchemy.engine.interfaces import DBAPIModule

from outreach_kit.errors import HandoffError


class LedgerUnavailable(HandoffError):
    """The store did not take or give what was asked; nothing of it was kept."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(
            f"The ledger at {where} cannot be used: {reason}. Nothing was stored in part; see that "
            "the disk has room, that the store runs and that its files may be written, then try "
            "again."
        )


class LedgerDamaged(LedgerUnavailable):
    """SQLite finds no database in its file, or one that does not hold together."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        HandoffError.__init__(
            self,
            f"The ledger at {where} is damaged: {reason}. Stop the server, keep a copy of its files as "
            "they are, move them aside, and bring the last backup back: "
            "`python -m form_server restore BACKUP --deletions deletions.log`.",
        )


class RowDamaged(HandoffError):
    """A row holds what nobody wrote, and nothing can stand in its place."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"A row of the ledger is damaged: it holds {what}. "
            "`python -m form_server doctor` names it; compare with the last backup."
        )


class PresenceLost(LedgerUnavailable):
    """The connection that showed an owner to be alive is gone: its rows are anybody's now."""


class MoveRefused(HandoffError):
    """A ledger cannot be moved there; neither side was changed."""


class SchemaMismatch(HandoffError):
    """The tables are not those that this version knows."""

    def __init__(self, where: str, found: str | None, wanted: str) -> None:
        self.where = where
        self.found = found
        self.wanted = wanted
        state = "has no tables yet" if found is None else f"is at revision {found}"
        super().__init__(
            f"The ledger at {where} {state}, and this version needs revision {wanted}: run "
            "`python -m form_server migrate`. If that does not know the revision either, a newer "
            "version wrote this ledger: install that version again."
        )


class DatabaseOccupied(HandoffError):
    """A backup comes into an empty database only; `found` names tables that are there."""

    def __init__(self, where: str, found: Sequence[str]) -> None:
        self.where = where
        self.found = tuple(found)
        super().__init__(
            f"{where} is not empty ({', '.join(self.found[:4])}), and a restore never writes over a "
            "state. Make a new database, and set HANDOFF_DATABASE_URL to that."
        )


class RestoreUnfinished(HandoffError):
    """A backup has begun to come into this database, and not come to its end."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"A restore into {where} is under way, or was cut short, so nothing is served from it. "
            "Wait for its end, or run the same `restore` again."
        )


class SubmissionReused(HandoffError):
    """A submission's own id came a second time, with another body."""

    def __init__(self, referral_id: str) -> None:
        self.referral_id = referral_id
        super().__init__(
            "This submission id was used before, with other content. Send the form again with a "
            "new submission_id (or Idempotency-Key), or repeat the first content unchanged."
        )


class ReceiptTaken(HandoffError):
    """The receipt names another referral already; accept again with a fresh one."""

    def __init__(self, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(f"The receipt {receipt} is taken: draw another and accept again.")


class ClaimLost(HandoffError):
    """The delivery is not held by this owner any more, so its outcome was not written."""

    def __init__(self, delivery_id: str, owner: str) -> None:
        self.delivery_id = delivery_id
        self.owner = owner
        super().__init__(
            f"Delivery {delivery_id} is no longer held by {owner}: leave it to whoever holds it "
            "now, and look at it under deliveries if it does not settle."
        )


class NotFound(HandoffError):
    """No row of this name."""

    def __init__(self, what: str, name: str) -> None:
        self.what = what
        self.name = name
        super().__init__(f"There is no {what} {name} in the ledger: check its name.")


class NotNow(HandoffError):
    """The row is in a state that does not allow this step."""

    def __init__(self, what: str, name: str, state: str, wanted: str) -> None:
        self.what = what
        self.name = name
        self.state = state
        super().__init__(f"The {what} {name} is {state}: only what is {wanted} can be changed so.")


class FirstCallGone(HandoffError):
    """The held time was taken meanwhile, has passed, or was never held."""

    def __init__(self, held_id: str) -> None:
        self.held_id = held_id
        super().__init__(f"The first-call time {held_id} is not free: offer another.")


class TimeHeld(HandoffError):
    """The clinician holds this time already."""

    def __init__(self, clinician: str, starts_at: datetime) -> None:
        self.clinician = clinician
        self.starts_at = starts_at
        super().__init__(
            f"{clinician} holds {starts_at:%Y-%m-%d %H:%M} UTC already: choose another time."
        )


class AlreadyClaimed(HandoffError):
    """Somebody else took the referral first."""

    def __init__(self, referral_id: str, user_id: str, since: datetime) -> None:
        self.referral_id = referral_id
        self.user_id = user_id
        self.since = since
        super().__init__(
            f"The referral {referral_id} is held by the user {user_id} since "
            f"{since:%Y-%m-%d %H:%M} UTC: ask them, or take it over by name."
        )


class CodeTaken(HandoffError):
    """A code names one source for ever, because it is on paper."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"The code {code} names a source already: choose another.")


class CodeUsed(HandoffError):
    """A code without its source would leave referrals that nobody can place."""

    def __init__(self, code: str, uses: int) -> None:
        self.code = code
        self.uses = uses
        super().__init__(
            f"The code {code} stands on {uses} referrals, colleagues or visits, and its name explains "
            "them: it stays. If strangers can read it, give the office another code and tell it."
        )


class ChangedMeanwhile(HandoffError):
    """Somebody wrote it after it was read, so nothing was written over."""

    def __init__(self, what: str, name: str) -> None:
        self.what = what
        self.name = name
        super().__init__(f"The {what} {name} was changed meanwhile: look at it again, then save.")


class CannotOpen(HandoffError):
    """Somebody would be called who can do nothing when they come."""

    def __init__(self, user_id: str, inbox_id: str) -> None:
        self.user_id = user_id
        self.inbox_id = inbox_id
        super().__init__(
            f"The user {user_id} cannot open the inbox {inbox_id}, so they are not told of its "
            "referrals. Let them open it first, or name somebody else."
        )


class EmailTaken(HandoffError):
    """Two users cannot share an e-mail address: it is what they sign in with."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"A user with the e-mail {email} exists already: give another address.")


def _reason(error: BaseException) -> str:
    """One line without parameters: the drivers' first lines name no values for these errors."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def outage(error: BaseException, where: str, driver: DBAPIModule) -> LedgerUnavailable | None:
    """What to raise in place of `error` when it says that the store failed; else None.

    SQLAlchemy wraps the driver's errors, its bare connections do not: both are known here. Broken
    constraints are no outage: they are ours to foresee, and a bug where we did not.
    """
    source = (error.orig if isinstance(error, exc.DBAPIError) else None) or error
    outages = (driver.OperationalError, driver.InterfaceError, exc.TimeoutError)
    # SQLite reports a file that is damaged, or no database at all, by the bare base class.
    if type(source) is sqlite3.DatabaseError:
        return LedgerDamaged(where, _reason(source))
    if isinstance(source, outages):
        return LedgerUnavailable(where, _reason(source))
    return None
