"""What a worker keeps in order beside delivering: the clock of every promise, the audit's chain, the disk."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from typing import Final

from form_server.clockwork import (
    Announcing,
    Clockwork,
    Digest,
    Drill,
    QuestionTurns,
    ReferralTurns,
    Retention,
    Roster,
    Writer,
)
from form_server.delivery import Chore
from form_server.disk import DiskWatch
from form_server.disk_alert import DiskAlert
from form_server.heartbeat import Heartbeat
from form_server.ledger import DeliveryKind
from form_server.receipts import draw_receipt
from form_server.safekeeping import DeletionLog
from form_server.safekeeping.deletions import FILE_NAME
from form_server.services import Services
from form_server.settings import ClockSettings
from form_server.switches import CurrentSwitches

_CHAIN_EVERY_S: Final = 2.0
_TIDY_EVERY_S: Final = 60.0
_DISK_EVERY_S: Final = 30.0
_FOLD_EVERY_S: Final = 5.0
_DELETIONS_EVERY_S: Final = 10.0


def make_chores(
    services: Services, give_way: Callable[[], None] = lambda: None, *, takes_in: bool = True
) -> tuple[Chore, ...]:
    """All that a worker does by the clock; `give_way` is called before what can wait.

    `takes_in` says whether offices are answered by this process too: only then is there something to
    make ahead for them.
    """
    ledger = services.ledger

    def chain() -> None:
        ledger.audit.chain()

    def forget_fingerprints() -> None:
        ledger.intake.forget_expired()

    def fold_erased() -> None:
        ledger.erasing.fold(ledger.truncate_wal)

    def end_old_sessions() -> None:
        ledger.sessions.purge(services.clock())

    deletions = DeletionLog(services.settings.var / FILE_NAME)

    def write_deletions_down() -> None:
        deletions.follow(ledger.purging.deletions())

    def make_blanks() -> None:
        keys = [ledger.inboxes.active_key(one.id) for one in ledger.inboxes.all()]
        services.blanks.refill(keys, give_way)
        services.slips.refill(give_way)

    return (
        follow_practice(services),
        _Every(_CHAIN_EVERY_S, chain),
        _Every(_TIDY_EVERY_S, forget_fingerprints),
        _Every(_TIDY_EVERY_S, end_old_sessions),
        _Every(_FOLD_EVERY_S, fold_erased),
        _Every(_DISK_EVERY_S, _disk_alert(services)),
        _Every(_DELETIONS_EVERY_S, write_deletions_down),
        Heartbeat(services),
        *((make_blanks,) if takes_in else ()),
    )


def follow_practice(services: Services, switches: CurrentSwitches | None = None) -> Chore:
    """The clockwork by practice and switches as the desk has them now; what it knows is in the ledger."""
    switches = switches or CurrentSwitches(services.settings, services.ledger)
    known = (services.practice, switches().clock, make_clockwork(services, wanted=switches().clock))

    def turn() -> None:
        nonlocal known
        practice, wanted = services.practice, switches().clock
        if practice is not known[0] or wanted != known[1]:
            if wanted != known[1]:  # else a digest that stands already would keep its old hour
                services.ledger.agenda.stand(DeliveryKind.DIGEST, None)
            known = (practice, wanted, make_clockwork(services, wanted=wanted))
        known[2]()

    return turn


def make_clockwork(
    services: Services,
    chance: Callable[[], float] = random.random,
    wanted: ClockSettings | None = None,
) -> Clockwork:
    """Reminders, escalations, digest, drill and retention; as the environment says unless `wanted`."""
    settings, practice, ledger = (
        wanted or services.settings.clock,
        services.practice,
        services.ledger,
    )
    roster = Roster(practice, ledger)
    writer = Writer.of(services.settings, ledger, services.server_key)
    drill = Drill(practice, ledger, roster, writer, lambda: draw_receipt(secrets.randbelow), chance)
    return Clockwork(
        ledger,
        ReferralTurns(practice, ledger, roster, writer),
        Digest(practice, ledger, writer, settings.digest, settings.digest_hour),
        drill if settings.drill else None,
        Retention(practice, ledger, settings.retention_days),
        Announcing(practice, ledger, roster, writer),
        QuestionTurns(practice, ledger, roster, writer),
        services.clock,
    )


def _disk_alert(services: Services) -> DiskAlert:
    settings, practice = services.settings, services.practice
    return DiskAlert(
        DiskWatch.of(settings),
        services.ledger,
        services.server_key,
        services.clock,
        practice_name=practice.name,
        phone=practice.contact.phone.display,
        mail_domain=settings.mail_domain,
    )


class _Every:
    """Does its work when it was last begun so many seconds ago, and on the first call."""

    def __init__(
        self,
        pause_s: float,
        work: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause_s = pause_s
        self._work = work
        self._monotonic = monotonic
        self._next_s = monotonic()

    def __call__(self) -> None:
        if self._monotonic() >= self._next_s:
            self._next_s = self._monotonic() + self._pause_s
            self._work()
