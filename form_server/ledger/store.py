"""The ledger: one durable record of all that happens to a referral.

It is composed of parts, one idea each, that share a store and a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self

from form_server.ledger.access import Access
from form_server.ledger.address_book import AddressBook
from form_server.ledger.agenda import Agenda
from form_server.ledger.agreements import Agreements
from form_server.ledger.amendments import Amendments
from form_server.ledger.arrival import arrival, require_arrived
from form_server.ledger.audit import Audit
from form_server.ledger.bookings import Bookings
from form_server.ledger.calendar_links import CalendarLinks
from form_server.ledger.claims import Claims
from form_server.ledger.colleagues import Colleagues
from form_server.ledger.common_clock import CommonClock
from form_server.ledger.damaged import Damaged
from form_server.ledger.database import DatabaseFacts, own_name, read_facts
from form_server.ledger.deliveries import Deliveries
from form_server.ledger.desk_settings import DeskSettings
from form_server.ledger.diligence import Diligence
from form_server.ledger.engine import Store
from form_server.ledger.erasing import Erasing
from form_server.ledger.failures import SignInFailures
from form_server.ledger.figures import Figures
from form_server.ledger.first_calls import FirstCalls
from form_server.ledger.gifts import Gifts
from form_server.ledger.handovers import Handovers
from form_server.ledger.hearing import Ears, call_others
from form_server.ledger.holding import Holding
from form_server.ledger.idle_lanes import IdleLanes
from form_server.ledger.ids import new_id
from form_server.ledger.inboxes import Inboxes
from form_server.ledger.intake import Intake
from form_server.ledger.invitations import Invitations
from form_server.ledger.leaves import Leaves
from form_server.ledger.listing import Listing
from form_server.ledger.mailing_list import MailingList
from form_server.ledger.meta import Meta
from form_server.ledger.migrate import REVISION, migrate, require_current
from form_server.ledger.moves import Moves
from form_server.ledger.newsletters import Newsletters
from form_server.ledger.openings import Openings
from form_server.ledger.outreach_state import OutreachState
from form_server.ledger.owing import Owing
from form_server.ledger.passkeys import Passkeys
from form_server.ledger.people import People
from form_server.ledger.placements import Placements
from form_server.ledger.purging import Purging
from form_server.ledger.quarantine import Quarantine
from form_server.ledger.question_clock import QuestionClock
from form_server.ledger.question_removal import QuestionRemoval
from form_server.ledger.question_steps import QuestionSteps
from form_server.ledger.questions import Questions
from form_server.ledger.queue import Queue
from form_server.ledger.referrals import Referrals
from form_server.ledger.rekeying import Rekeying
from form_server.ledger.replies import Replies
from form_server.ledger.roll import Roll
from form_server.ledger.second_factors import SecondFactors
from form_server.ledger.sessions import Sessions
from form_server.ledger.setbacks import Setbacks
from form_server.ledger.sources import Sources
from form_server.ledger.steps import Steps
from form_server.ledger.stock_moves import StockMoves
from form_server.ledger.tallies import Tallies
from form_server.ledger.thank_yous import ThankYous
from form_server.ledger.upkeep import Upkeep
from form_server.ledger.visits import Visits
from form_server.ledger.waitlist import Waitlist
from form_server.ledger.waking import WakeUp
from form_server.ledger.walking import Walking


def utc_now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Safe to share between threads; every method of a part is one transaction."""

    def __init__(self, store: Store, clock: Callable[[], datetime], role: str = "command") -> None:
        self._store = store
        self._clock = clock
        self._role = role
        if not store.is_sqlite:
            store.wake = WakeUp(partial(call_others, store))
        self.audit = Audit(store, clock)
        self.meta = Meta(store, clock)
        self.sources = Sources(store, clock, self.audit)
        self.first_calls = FirstCalls(store, clock, self.audit)
        self.intake = Intake(store, clock, self.audit, self.first_calls)
        self.queue = Queue(store, clock, self.audit)
        self.idle_lanes = IdleLanes()
        self.deliveries = Deliveries(store, clock, self.audit)
        self.damaged = Damaged(store, self.audit)
        self.agenda = Agenda(store, clock, self.audit)
        self.setbacks = Setbacks(store, clock, self.audit)
        self.quarantine = Quarantine(store, clock, self.audit)
        self.purging = Purging(store, clock, self.audit)
        self.questions = Questions(store, clock, self.audit)
        self.question_steps = QuestionSteps(store, clock, self.audit)
        self.question_clock = QuestionClock(store, clock, self.audit)
        self.question_removal = QuestionRemoval(store, clock, self.audit)
        self.referrals = Referrals(store, clock)
        self.steps = Steps(store, clock, self.audit)
        self.replies = Replies(store, clock, self.audit)
        self.bookings = Bookings(store, clock, self.audit)
        self.moves = Moves(store, clock, self.audit)
        self.handovers = Handovers(store)
        self.claims = Claims(store, clock, self.audit)
        self.waitlist = Waitlist(store, clock, self.audit)
        self.openings = Openings(store, clock, self.audit)
        self.figures = Figures(store)
        self.listing = Listing(store)
        self.owing = Owing(store, clock, self.audit)
        self.inboxes = Inboxes(store, clock, self.audit)
        self.leaves = Leaves(store, clock, self.audit, self.inboxes)
        self.people = People(store, clock, self.audit, self.inboxes)
        self.keys = Rekeying(store, clock, self.audit, self.inboxes)
        self.invitations = Invitations(store, clock)
        self.passkeys = Passkeys(store, clock, self.audit)
        self.second_factors = SecondFactors(store, clock, self.audit)
        self.sessions = Sessions(store, clock, self.audit)
        self.roll = Roll(store)
        self.sign_in_failures = SignInFailures(store, self.audit)
        self.upkeep = Upkeep(store)
        self.holding = Holding(store, clock, self.audit, self.deliveries)
        self.desk_settings = DeskSettings(store, clock, self.audit)
        self.erasing = Erasing(store, clock, self.audit)
        self.walking = Walking(store)
        self.access = Access(store)
        self.amendments = Amendments(store, clock, self.audit)
        self.agreements = Agreements(store, clock, self.audit)
        self.diligence = Diligence(store, clock, self.audit)
        self.colleagues = Colleagues(store, clock, self.audit)
        self.placements = Placements(store, clock, self.audit)
        self.address_book = AddressBook(store, clock, self.audit)
        self.visits = Visits(store, clock, self.audit)
        self.stock_moves = StockMoves(store, clock, self.audit)
        self.outreach_state = OutreachState(store)
        self.calendar_links = CalendarLinks(store, clock, self.audit)
        self.gifts = Gifts(store, clock, self.audit)
        self.thank_yous = ThankYous(store, clock, self.audit, self.owing)
        self.tallies = Tallies(store)
        self.mailing_list = MailingList(store, clock, self.audit)
        self.newsletters = Newsletters(store, clock, self.audit)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        shares_clock: bool = False,
        role: str = "command",
    ) -> Self:
        """Opens `sqlite:///path` (made when missing, for its owner only) or a PostgreSQL URL.

        The tables may be missing or old: `migrate` or `require_current_schema` comes next. Raises
        LedgerUnavailable. With `shares_clock`, PostgreSQL's time is used by all who share it. By its
        `role`, one word, the process is known there.
        """
        store = Store(url, name=own_name(role, REVISION))
        shared = CommonClock(store, clock) if shares_clock and not store.is_sqlite else None
        return cls(store, shared or clock, role)

    @classmethod
    def open_as_of(cls, url: str, snapshot: str, *, clock: Callable[[], datetime]) -> Self:
        """A PostgreSQL at a moment that `upkeep.hold_moment` holds; for reading alone."""
        return cls(Store(url, snapshot=snapshot), clock)

    @property
    def clock(self) -> Callable[[], datetime]:
        """By which everything here is written."""
        return self._clock

    @property
    def wake(self) -> WakeUp:
        """Set after each commit that wrote rows to deliver; `call` has an event set with it."""
        return self._store.wake

    def ears(self) -> Ears | None:
        """For one thread that hears the commits of other processes; None where there are none."""
        return None if self._store.is_sqlite else Ears(self._store, self._name)

    @property
    def shown(self) -> str:
        """Where the ledger is, without a password."""
        return self._store.shown

    @property
    def is_sqlite(self) -> bool:
        """One machine, one serving process: take a ProcessLock before serving."""
        return self._store.is_sqlite

    def new_id(self) -> str:
        """A fresh name for a referral, a delivery or anything else the ledger holds."""
        return new_id(self._clock())

    def migrate(self) -> bool:
        """Brings the tables to this version; False when they were there already."""
        return migrate(self._store)

    def require_current_schema(self) -> None:
        """Raises SchemaMismatch unless the tables are this version's, RestoreUnfinished."""
        require_arrived(self._store)
        require_current(self._store)

    def check_writable(self) -> None:
        """Commits something tiny, for real; raises LedgerUnavailable."""
        self.meta.beat()

    def truncate_wal(self) -> bool:
        """On SQLite, moves the write-ahead log into the database and empties it; whether it did.

        A wiped parcel is gone from the disk only then. It gives up at once while somebody reads, so
        try again a little later.
        """
        if not self._store.is_sqlite:
            return True
        row = self._store.outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
        return row is not None and row[0] == 0  # its first column says that it was held up

    def arrival(self) -> AbstractContextManager[None]:
        """For a backup that comes into an empty PostgreSQL; raises DatabaseOccupied."""
        return arrival(self._store)

    def database(self, own_clock: Callable[[], datetime]) -> DatabaseFacts | None:
        """How PostgreSQL is set up, and who is there; None on SQLite. Raises LedgerUnavailable."""
        return None if self._store.is_sqlite else read_facts(self._store, own_clock)

    def _name(self) -> str:
        """By which others see this process, and how wrong its machine's clock is."""
        clock = self._clock
        ahead = clock.wrong_by if isinstance(clock, CommonClock) else timedelta()
        return own_name(self._role, REVISION, ahead)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
