"""The worker of this installation: its channels as the settings say, and the house kept in order."""

from __future__ import annotations

import os
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
    ReferralTurns,
    Retention,
    Roster,
    Writer,
)
from form_server.delivery import Channel as Way
from form_server.delivery import (
    Chore,
    MailChannel,
    MailServer,
    PushChannel,
    SmtpTransport,
    WebhookChannel,
    Worker,
    has_push,
)
from form_server.disk import DiskWatch
from form_server.disk_alert import DiskAlert
from form_server.ledger import Channel
from form_server.receipts import draw_receipt
from form_server.safekeeping import DeletionLog
from form_server.safekeeping.deletions import FILE_NAME
from form_server.services import Services
from form_server.settings import MailSettings, Settings
from form_server.whole_mail import WholeMail

_CHAIN_EVERY_S: Final = 2.0
_TIDY_EVERY_S: Final = 60.0
_DISK_EVERY_S: Final = 30.0
_FOLD_EVERY_S: Final = 5.0
_DELETIONS_EVERY_S: Final = 10.0


def make_worker(
    services: Services,
    *,
    give_way: Callable[[], None] = lambda: None,
) -> Worker:
    """A worker that has not started yet, under a name that no other process has had.

    `give_way` is called before each delivery, and may take a moment.
    """
    services.settings.require_channel()
    whole_mail = WholeMail.of(
        services.settings,
        services.ledger,
        services.practice.time_zone,
        services.clock,
        own_mailbox=services.own_mailbox,
    )
    return Worker(
        services.ledger,
        make_channels(
            services.settings,
            own_mailbox=services.own_mailbox,
            is_agreed=whole_mail.is_agreed,
        ),
        lambda parcel, delivery_id: services.server_key.open(parcel, "parcel", delivery_id),
        owner=f"{os.getpid()}-{secrets.token_hex(6)}",
        clock=services.clock,
        chores=_chores(services, give_way),
        give_way=give_way,
    )


def make_channels(
    settings: Settings,
    *,
    own_mailbox: bool = False,
    is_agreed: Callable[[], bool] = lambda: False,
) -> dict[Channel, Way]:
    """The ways out that are set up here.

    `own_mailbox` says that the mail server is the demo's own, inside this process: a whole referral
    may go there without TLS. `is_agreed` is asked before each whole one.
    """
    ways: dict[Channel, Way] = {}
    if settings.mail is not None:
        ways[Channel.EMAIL] = make_mail_channel(
            settings.mail, own_mailbox=own_mailbox, is_agreed=is_agreed
        )
    if has_push():
        ways[Channel.PUSH] = PushChannel()
    if settings.webhook is not None:
        ways[Channel.WEBHOOK] = WebhookChannel(
            settings.webhook.secret, allow_private=settings.webhook.allow_private
        )
    return ways


def make_mail_channel(
    mail: MailSettings,
    *,
    own_mailbox: bool = False,
    is_agreed: Callable[[], bool] = lambda: False,
) -> MailChannel:
    server = make_mail_server(mail)
    return MailChannel(
        server,
        SmtpTransport(server),
        carries_whole=mail.is_encrypted or own_mailbox,
        is_agreed=is_agreed,
    )


def make_mail_server(mail: MailSettings) -> MailServer:
    return MailServer(
        host=mail.host,
        port=mail.port,
        sender=mail.sender,
        use_tls=mail.use_tls,
        use_ssl=mail.use_ssl,
        username=mail.username,
        password=mail.password,
        reply_to=mail.reply_to,
        ca_file=mail.ca_file,
    )


def _chores(services: Services, give_way: Callable[[], None]) -> tuple[Chore, ...]:
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

    return (
        follow_practice(services),
        _Every(_CHAIN_EVERY_S, chain),
        _Every(_TIDY_EVERY_S, forget_fingerprints),
        _Every(_TIDY_EVERY_S, end_old_sessions),
        _Every(_FOLD_EVERY_S, fold_erased),
        _Every(_DISK_EVERY_S, _disk_alert(services)),
        _Every(_DELETIONS_EVERY_S, write_deletions_down),
        make_blanks,
    )


def follow_practice(services: Services) -> Chore:
    """The clockwork by the practice as the desk has it now; what it knows is in the ledger alone."""
    known = (services.practice, make_clockwork(services))

    def turn() -> None:
        nonlocal known
        practice = services.practice
        if practice is not known[0]:
            known = (practice, make_clockwork(services))
        known[1]()

    return turn


def make_clockwork(services: Services, chance: Callable[[], float] = random.random) -> Clockwork:
    """Reminders, escalations, digest, drill and retention, as the settings say."""
    settings, practice, ledger = services.settings.clock, services.practice, services.ledger
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
