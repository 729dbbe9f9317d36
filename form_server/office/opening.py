"""An office put together from what the server has: the one place that knows all of its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from form_server.blanks import Blanks
from form_server.disk import DiskWatch
from form_server.ledger import Ledger
from form_server.office.accept import Reception
from form_server.office.asking.reception import QuestionReception
from form_server.office.complaints import Complaints
from form_server.office.counter import Following, Office
from form_server.office.daily_key import DailyKey
from form_server.office.headers import Sharing
from form_server.office.kept import KeptParts
from form_server.office.notices import Outgoing
from form_server.office.page_stamp import PageStamp
from form_server.office.submission import Asks
from form_server.office.traffic import Traffic
from form_server.office.watch import Watch
from form_server.settings import Settings
from form_server.slips import Slips
from form_server.switches import CurrentSwitches
from form_server.vault import ServerKey
from form_server.whole_mail import WholeMail
from outreach_kit.practice import Practice
from outreach_kit.web import Assets

_KEYS_FOLDER: Final = "daily"
_CALENDAR_WINDOW: Final = timedelta(hours=1)


def open_office(
    settings: Settings,
    current: Callable[[], Practice],
    ledger: Ledger,
    server_key: ServerKey,
    assets: Assets,
    clock: Callable[[], datetime],
    is_delivering: Callable[[], bool | None],
    blanks: Blanks,
    slips: Slips,
    *,
    own_mailbox: bool = False,
) -> Office:
    """`current` is asked each time for hours and promise; all else is as it was at the start.

    `own_mailbox` is the demo's: no mail leaves it. Raises LedgerUnavailable.
    """
    practice = current()
    asks = Asks(
        reasons={reason.slug: reason.label for reason in practice.reasons},
        clinicians=frozenset(one.slug for one in practice.clinicians),
        plans=frozenset(plan.casefold() for plan in practice.insurance.plans),
        source=ledger.sources.get,
    )
    whole_mail = WholeMail.of(
        settings, ledger, lambda: practice.time_zone, clock, own_mailbox=own_mailbox
    )
    switches = CurrentSwitches(settings, ledger)
    outgoing = Outgoing(
        settings.url,
        _mail_domain(settings),
        whole_mail.is_open,
        settings.mail is not None,
        lambda: switches().sends_receipts,
    )
    daily_key = DailyKey(settings.var / _KEYS_FOLDER, clock, practice.time_zone)

    def receive_by(practice: Practice) -> Reception:
        return Reception(
            practice, ledger, server_key, daily_key, asks, outgoing, clock,
            blanks=blanks, slips=slips,
        )  # fmt: skip

    complaints = {one: Complaints(practice.in_language(one), one) for one in practice.languages}
    return Office(
        settings=settings,
        following=Following(current, receive_by),
        ledger=ledger,
        asks=asks,
        complaints=complaints[practice.language],
        complaints_in=complaints,
        assets=assets,
        clock=clock,
        is_delivering=is_delivering,
        kept=KeptParts(clock),
        disk=DiskWatch.of(settings),
        watch=Watch(
            PageStamp(server_key.derive("page-stamp"), clock),
            clock,
            ceiling=settings.flood_ceiling,
            asks=asks,
            own_origins=Sharing.of(settings, practice).origins,
        ),
        questions=QuestionReception(ledger, server_key, daily_key, outgoing, clock, blanks=blanks),
        feeds=Traffic(_CALENDAR_WINDOW, clock),
    )


def _mail_domain(settings: Settings) -> str:
    """What stands behind the @ of a Message-ID: the sender's domain, else the server's name."""
    sender = parseaddr(settings.mail.sender)[1] if settings.mail else ""
    domain = sender.rpartition("@")[2] or urlsplit(settings.url).hostname or "localhost"
    return domain.encode("idna").decode() if not domain.isascii() else domain
