from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from form_server.delivering import make_channels
from form_server.delivery import Never, Sent
from form_server.ledger import Channel, InboxKey, Ledger, NewInbox
from form_server.recipients import (
    LastRecipient,
    add_recipient,
    check_address,
    choose_inbox,
    remove_recipient,
    say_outcome,
    send_test,
    shown_address,
)
from form_server.settings import Settings
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.delivery.hooks import HookServer
from tests.form_server.ledger.things import a_grant, a_recipient, a_user, establish
from tests.smtp_faults import Answer, FaultySmtpServer, Stage

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        opened.migrate()
        establish(opened)
        yield opened


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as running:
        yield running


def settings_for(**env: str) -> Settings:
    return Settings.from_env({"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), **env})


def with_webhooks(**env: str) -> Settings:
    return settings_for(HANDOFF_WEBHOOK_SECRET="a secret of some length", **env)


def test_recipient_joins_behind_those_that_are_there(ledger: Ledger) -> None:
    inbox = choose_inbox(ledger, "")
    add_recipient(ledger, inbox, Channel.PUSH, "ntfys://ntfy.example.org/topic")
    assert [(one.channel, one.position) for one in ledger.inboxes.recipients(inbox.id)] == [
        (Channel.EMAIL, 0),
        (Channel.PUSH, 1),
    ]
    with pytest.raises(UsageError, match="already"):
        add_recipient(ledger, inbox, Channel.PUSH, "ntfys://ntfy.example.org/topic")


def test_the_last_recipient_stays(ledger: Ledger) -> None:
    inbox = choose_inbox(ledger, "")
    with pytest.raises(LastRecipient):
        remove_recipient(ledger, "rcpt-1")
    added = add_recipient(ledger, inbox, Channel.EMAIL, "front@harborstreet.example")
    remove_recipient(ledger, "rcpt-1")
    (left,) = ledger.inboxes.recipients(inbox.id)
    assert (left.id, left.position) == (added.id, 0)


def test_who_cannot_open_the_inbox_is_not_alarmed(ledger: Ledger) -> None:
    stranger = a_user(id="user-2", email="billing@harborstreet.example")
    ledger.people.add_user(stranger, [], actor="command")
    inbox = choose_inbox(ledger, "nora-ellison")
    with pytest.raises(UsageError, match="cannot open the inbox"):
        add_recipient(ledger, inbox, Channel.EMAIL, "x@y.example", email_of_user=stranger.email)
    with pytest.raises(UsageError, match="Nobody signs in"):
        add_recipient(ledger, inbox, Channel.EMAIL, "x@y.example", email_of_user="no@y.example")
    added = add_recipient(
        ledger, inbox, Channel.EMAIL, "x@y.example", email_of_user="nora@harborstreet.example"
    )
    assert added.user_id == "user-1"


def test_one_of_several_inboxes_must_be_named(ledger: Ledger) -> None:
    key = InboxKey("inbox-2", 1, b"public")
    grant = a_grant(inbox_id="inbox-2")
    ledger.inboxes.add(NewInbox("inbox-2", "Sam Reyes", "sam-reyes"), key, [grant], actor="command")
    with pytest.raises(UsageError, match="nora-ellison, sam-reyes"):
        choose_inbox(ledger, "")
    assert choose_inbox(ledger, "sam-reyes").id == "inbox-2"


@pytest.mark.parametrize(
    ("way", "address"),
    [
        (Channel.EMAIL, "not an address"),
        (Channel.WEBHOOK, "http://hooks.example.org/x"),
        (Channel.WEBHOOK, "https://user:word@hooks.example.org/x"),
        (Channel.PUSH, "nosuchservice://x"),
    ],
)
def test_address_of_the_wrong_shape_is_refused(way: Channel, address: str) -> None:
    with pytest.raises(UsageError):
        check_address(way, address, with_webhooks())


def test_webhook_needs_a_secret_to_sign_with() -> None:
    with pytest.raises(UsageError, match="HANDOFF_WEBHOOK_SECRET"):
        check_address(Channel.WEBHOOK, "https://hooks.example.org/x", settings_for())
    assert check_address(Channel.WEBHOOK, " https://hooks.example.org/x ", with_webhooks())


def test_secrets_in_addresses_are_not_shown() -> None:
    def shown(channel: Channel, address: str) -> str:
        return shown_address(a_recipient(channel=channel, address=address))

    assert shown(Channel.EMAIL, "nora@harborstreet.example") == "nora@harborstreet.example"
    assert shown(Channel.PUSH, "pover://user@hush") == "pover://…"
    assert shown(Channel.WEBHOOK, "https://h.example/hush?x=hush") == "https://h.example/…"


def test_test_message_really_goes_out_on_each_channel(relay: FaultySmtpServer) -> None:
    settings = with_webhooks(
        HANDOFF_WEBHOOK_ALLOW_PRIVATE="1",
        HANDOFF_MAIL_SERVER="127.0.0.1",
        HANDOFF_MAIL_PORT=str(relay.port),
        HANDOFF_MAIL_DEFAULT_SENDER="referrals@harborstreet.example",
    )
    channels = make_channels(settings)
    with HookServer() as hook:
        addresses = {
            Channel.EMAIL: "nora@harborstreet.example",
            Channel.PUSH: f"json://127.0.0.1:{hook.port}",
            Channel.WEBHOOK: hook.url(),
        }
        for way, address in addresses.items():
            recipient = a_recipient(channel=way, address=address)
            outcome = send_test(channels[way], recipient, settings, "Harbor Street", NOW)
            assert outcome == Sent(), (way, outcome)
        assert len(hook.requests) == 2
        assert all(b"Test from your referral server" in one.body for one in hook.requests)
    (mail,) = relay.wait_for(1)
    assert mail.message["Subject"] == "Test from your referral server"


def test_what_became_of_it_is_said_in_words(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.RCPT, Answer(550, "5.1.1 No such user"))
    settings = settings_for(
        HANDOFF_MAIL_SERVER="127.0.0.1",
        HANDOFF_MAIL_PORT=str(relay.port),
        HANDOFF_MAIL_DEFAULT_SENDER="referrals@harborstreet.example",
    )
    channel: Any = make_channels(settings)[Channel.EMAIL]
    outcome = send_test(channel, a_recipient(), settings, "Harbor Street", NOW)
    assert isinstance(outcome, Never)
    assert "No such user" in say_outcome(outcome)
