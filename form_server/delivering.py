"""The worker of this installation, and its channels as the settings say.

What it keeps in order beside delivering is in `housekeeping`, which loads more: a notice that an earlier
life of the server left behind does not wait for that.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo

from form_server.delivery import Channel as Way
from form_server.delivery import (
    MailChannel,
    MailServer,
    NewsletterChannel,
    PushChannel,
    SmtpTransport,
    Sparing,
    WebhookChannel,
    Worker,
    has_push,
)
from form_server.ledger import Channel
from form_server.ledger.newsletter_rows import IssueText
from form_server.settings import MailSettings, Settings
from form_server.state import State
from form_server.whole_mail import WholeMail


def make_worker(
    state: State,
    *,
    give_way: Callable[[], None] = lambda: None,
) -> Worker:
    """A worker that has not started yet, under a name that no other process has had; it has no chores.

    `give_way` is called before each delivery, and may take a moment.
    """
    state.settings.require_channel()
    whole_mail = WholeMail.of(
        state.settings,
        state.ledger,
        lambda: _zone_of(state.settings),
        state.clock,
        own_mailbox=state.own_mailbox,
    )
    return Worker(
        state.ledger,
        make_channels(
            state.settings,
            own_mailbox=state.own_mailbox,
            is_agreed=whole_mail.is_agreed,
            read_issue=state.ledger.newsletters.text,
        ),
        lambda parcel, delivery_id: state.server_key.open(parcel, "parcel", delivery_id),
        owner=f"{os.getpid()}-{secrets.token_hex(6)}",
        clock=state.clock,
        give_way=give_way,
    )


def make_channels(
    settings: Settings,
    *,
    own_mailbox: bool = False,
    is_agreed: Callable[[], bool] = lambda: False,
    read_issue: Callable[[str], IssueText] | None = None,
) -> dict[Channel, Way]:
    """The ways out that are set up here; newsletters go out only with `read_issue`.

    `own_mailbox` says that the mail server is the demo's own, inside this process: a whole referral
    may go there without TLS. `is_agreed` is asked before each whole one.
    """
    ways: dict[Channel, Way] = {}
    if settings.mail is not None:
        ways[Channel.EMAIL] = make_mail_channel(
            settings.mail, own_mailbox=own_mailbox, is_agreed=is_agreed
        )
    if settings.mail is not None and read_issue is not None:
        server = make_mail_server(settings.mail)
        ways[Channel.BULK] = NewsletterChannel(
            server, SmtpTransport(server), read_issue, settings.mail.newsletters_a_minute
        )
    if has_push():
        ways[Channel.PUSH] = Sparing(PushChannel())
    if settings.webhook is not None:
        ways[Channel.WEBHOOK] = Sparing(
            WebhookChannel(settings.webhook.secret, allow_private=settings.webhook.allow_private)
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


@cache
def _zone_of(settings: Settings) -> ZoneInfo:
    # Late: only a whole referral asks for it, and it takes as long to load as all the rest here.
    from outreach_kit.practice import load_practice

    return load_practice(settings.practice).time_zone
